import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { InvalidInputError } from '@viridial/core';
import { ManifestFiles, Proof } from '../src';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A directory with files. */
function directory(files: { [path: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'viridial-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

function problemsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return InvalidInputError.problemsOf(error).map((problem) => problem.toString());
  }
  return [];
}

const named = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const names = (files: ManifestFiles) => files.manifests().map(({ metadata }) => metadata.name);

describe('a directory', () => {
  test('is read in order of names, with all below it, and without what is hidden', () => {
    const folder = directory({
      'b.yaml': named('b'),
      'a/z.yml': named('z'),
      'a/y.json': '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"y"}}',
      'README.md': 'no manifest',
      '.github/workflow.yaml': 'on: push',
      'node_modules/x/x.yaml': named('x'),
    });
    const files = ManifestFiles.read(folder);
    expect(names(files)).toEqual(['y', 'z', 'b']);
    expect(files.files.map((file) => file.slice(folder.length + 1))).toEqual(['a/y.json', 'a/z.yml', 'b.yaml']);
    expect(names(ManifestFiles.read(join(folder, 'b.yaml')))).toEqual(['b']);
    expect(files.manifestsOf(join(folder, 'b.yaml'))).toHaveLength(1);
  });

  test('of a stranger goes in and a verdict comes out', () => {
    const folder = directory({ 'all.yaml': '---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata: {name: shop}\n---\n# nothing\n' });
    expect(Proof.of(ManifestFiles.read(folder).manifests()).report().findings.map(({ ruleId, object }) => `${ruleId} ${object}`)).toEqual(['PodSecurityNotEnforced Namespace shop']);
  });

  test('that is not there, or empty, is an error', () => {
    expect(problemsOf(() => ManifestFiles.read('nowhere'))[0]).toMatch(/^nowhere: there is no file or directory "nowhere" \(NoSuchFile\)/);
    expect(problemsOf(() => ManifestFiles.read(directory({ 'a.txt': '' })))[0]).toContain('(NoManifests)');
  });
});

describe('documents', () => {
  const value = (text: string) => ManifestFiles.parse(`${named('x')}data: {value: ${text}}`).manifests()[0].data.value;

  test.each<[string, any]>([
    ['on', true], ['yes', true], ['y', true], ['NO', false], ['"on"', 'on'], ['0644', 420], ['1.20', 1.2], ['2026-11-26', '2026-11-26'], ['12:30', '12:30'], ['~', null], ['1e3', 1000],
  ])('%s is what kubectl makes of it', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test('anchors and merges are resolved', () => {
    expect(ManifestFiles.parse('apiVersion: v1\nkind: X\na: &a {b: 1}\nc: {<<: *a, d: 2}\n').manifests()[0].c).toEqual({ b: 1, d: 2 });
  });

  test('that are empty are skipped', () => {
    expect(names(ManifestFiles.parse(`---\n---\n${named('a')}---\n# only words\n---\n${named('b')}`))).toEqual(['a', 'b']);
    expect(ManifestFiles.parse('').manifests()).toEqual([]);
  });
});

describe('what cannot be read', () => {
  const bad = {
    'a-broken.yaml': 'apiVersion: v1\nkind: [x\n',
    'b-twice.yaml': `${named('b')}kind: Secret\n`,
    'c-values.yaml': 'replicas: 3\n',
    'd-list.yaml': '- 1\n',
    'e-chart.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
    'f-chart.yaml': '{{- if .Values.on }}\napiVersion: v1\n{{- end }}\n',
    'g-good.yaml': `${named('good')}data:\n  template: |\n    {{ this is data }}\n`,
  };

  test('is told all together, by file, with what to do', () => {
    const folder = directory(bad);
    const found = problemsOf(() => ManifestFiles.read(folder)).map((text) => text.replace(`${folder}/`, ''));
    expect(found.map((text) => /^(\S+).*?\((\w+)\)/.exec(text)!.slice(1).join(' '))).toEqual([
      'a-broken.yaml InvalidYaml', 'b-twice.yaml InvalidYaml', 'c-values.yaml NotAManifest', 'd-list.yaml NotAManifest', 'e-chart.yaml: TemplateNotRendered', 'f-chart.yaml: TemplateNotRendered',
    ]);
    expect(found[1]).toContain('b-twice.yaml line 5: map keys must be unique');
    expect(found[2]).toContain('document 1: {"replicas":3} is no Kubernetes object');
    expect(found[4]).toContain('cure: render the chart with helm template, and judge what comes out');
  });

  test('is left out and told when that is asked for', () => {
    const files = ManifestFiles.read(directory(bad), { skipUnreadable: true });
    expect(names(files)).toEqual(['good']);
    expect(files.skipped).toHaveLength(6);
  });

  test('is a text of which one anchor becomes a bomb', () => {
    const levels = 'abcdefgh'.split('').map((key, index) => `${key}: &${key} [${index === 0 ? '1' : `*${'abcdefgh'[index - 1]},`.repeat(9)}]`).join('\n');
    expect(problemsOf(() => ManifestFiles.parse(`apiVersion: v1\nkind: X\n${levels}\n`))[0]).toContain('(InvalidYaml)');
  });
});
