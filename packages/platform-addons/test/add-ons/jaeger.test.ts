import { Jaeger } from '../../src';
import { contextOn, eks } from '../support/example';

test('Jaeger takes traces over OTLP on every address and keeps a number of them in memory', () => {
  const { userconfig } = new Jaeger({ maxTraces: 500 }).install(contextOn(eks())).values;
  expect(userconfig.receivers.otlp.protocols).toEqual({ grpc: { endpoint: '0.0.0.0:4317' }, http: { endpoint: '0.0.0.0:4318' } });
  expect(userconfig.extensions.jaeger_storage.backends.memory.memory.max_traces).toBe(500);
});

test('what the configuration refers to exists in it', () => {
  const { userconfig } = new Jaeger().install(contextOn(eks())).values;
  const { receivers, processors, exporters } = userconfig.service.pipelines.traces;
  expect(Object.keys(userconfig.receivers)).toEqual(receivers);
  expect(Object.keys(userconfig.processors)).toEqual(processors);
  expect(Object.keys(userconfig.exporters)).toEqual(exporters);
  expect(Object.keys(userconfig.extensions).sort()).toEqual([...userconfig.service.extensions].sort());
  const backends = Object.keys(userconfig.extensions.jaeger_storage.backends);
  expect(backends).toContain(userconfig.extensions.jaeger_query.storage.traces);
  expect(backends).toContain(userconfig.exporters.jaeger_storage_exporter.trace_storage);
});

test('the health that the probes of the chart ask for is served', () => {
  expect(new Jaeger().install(contextOn(eks())).values.userconfig.extensions.healthcheckv2.http.endpoint).toBe('0.0.0.0:13133');
});

test('Jaeger has no token of the API server', () => {
  expect(new Jaeger().install(contextOn(eks())).values.jaeger.serviceAccount).toEqual({ automountServiceAccountToken: false });
});

test('traces in memory are a warning, until somebody configures a store', () => {
  expect(new Jaeger().problems(contextOn(eks())).map((problem) => problem.code)).toEqual(['TracesInMemory']);
  expect(new Jaeger({ values: { userconfig: { extensions: {} } } }).problems(contextOn(eks()))).toEqual([]);
});

test.each([0, -1, 1.5, Number.NaN])('%p is not a number of traces', (maxTraces) => {
  expect(new Jaeger({ maxTraces }).problems(contextOn(eks())).map((problem) => problem.code)).toContain('InvalidTraceCount');
});
