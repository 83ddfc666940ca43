/** What Fluentd's configuration is made from. */
export interface FluentdConfiguration {
  /** Namespace Fluentd runs in. */
  readonly namespace: string;
  /** Port of its own metrics, which its probes ask. */
  readonly metricsPort: number;
  /** Lines of the output section. */
  readonly output: string[];
}

/** Two spaces before every line. */
function indent(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function text(lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

/**
 * The four files of the chart's configuration, in its names, so that none of the chart's own is left: the last one
 * of those sends logs to an Elasticsearch that nobody has.
 */
export function fluentdFiles(configuration: FluentdConfiguration): { [file: string]: string } {
  return {
    '01_sources.conf': text([
      '<source>',
      '  @type tail',
      '  @id containers',
      '  @label @KUBERNETES',
      '  path /var/log/containers/*.log',
      // its own log would come back to it for ever when the destination is its standard output
      `  exclude_path ["/var/log/containers/fluentd-*_${configuration.namespace}_*.log"]`,
      '  pos_file /var/log/fluentd-containers.log.pos',
      '  tag kubernetes.*',
      '  read_from_head true',
      '  <parse>',
      // the format of the container runtime interface: time, stream, F (full) or P (part of a line), line
      '    @type regexp',
      '    expression /^(?<time>[^ ]+) (?<stream>stdout|stderr) (?<part>[FP]) (?<log>.*)$/',
      '    time_key time',
      '    time_format %Y-%m-%dT%H:%M:%S.%N%z',
      '  </parse>',
      '  emit_unmatched_lines true',
      '</source>',
      '<source>',
      '  @type prometheus',
      '  bind 0.0.0.0',
      `  port ${configuration.metricsPort}`,
      '  metrics_path /metrics',
      '</source>',
    ]),
    '02_filters.conf': text([
      '<label @KUBERNETES>',
      '  <filter kubernetes.**>',
      '    @type kubernetes_metadata',
      '    @id kubernetes_metadata',
      '    skip_namespace_metadata true',
      '  </filter>',
      '  <match **>',
      '    @type relabel',
      '    @label @DISPATCH',
      '  </match>',
      '</label>',
    ]),
    '03_dispatch.conf': text([
      '<label @DISPATCH>',
      '  <filter **>',
      '    @type prometheus',
      '    <metric>',
      '      name fluentd_input_status_num_records_total',
      '      type counter',
      '      desc records read',
      '    </metric>',
      '  </filter>',
      '  <match **>',
      '    @type relabel',
      '    @label @OUTPUT',
      '  </match>',
      '</label>',
    ]),
    '04_outputs.conf': text([
      '<label @OUTPUT>',
      '  <match **>',
      ...indent(indent(configuration.output)),
      '  </match>',
      '</label>',
    ]),
  };
}
