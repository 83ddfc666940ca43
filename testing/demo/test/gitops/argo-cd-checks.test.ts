import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Catalogue } from '@viridial/core';
import { applicationFindings, danglingResources, definitionOrderFindings } from '../../src/gitops/argo-cd-checks';
import { Tree } from '../../src/gitops/tree';

let directory: string;
beforeEach(() => { directory = mkdtempSync(path.join(tmpdir(), 'tree-')); });
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(files: Record<string, object>): Tree {
  for (const [file, object] of Object.entries(files)) {
    mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(directory, file), JSON.stringify(object)); // JSON is YAML
  }
  return Tree.read(directory);
}

const release = Catalogue.chart('cert-manager');
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'cert-manager' } };
const project = { apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'platform' } };
const application = (source: object, wave: string, overrides: object = {}) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'cert-manager', annotations: { 'argocd.argoproj.io/sync-wave': wave } },
  spec: { project: 'platform', source, destination: { namespace: 'cert-manager' }, ...overrides },
});
const chart = { chart: release.chart, repoURL: release.repository, targetRevision: release.version };

test('a kustomization may name files and folders that are there, and nothing else', () => {
  const tree = write({
    'overlay/kustomization.yaml': { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['a.yaml', '../base', 'gone.yaml'] },
    'overlay/a.yaml': namespace,
    'base/kustomization.yaml': { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [] },
  });
  expect(danglingResources(tree)).toEqual(['overlay/kustomization.yaml names overlay/gone.yaml, which is not in the tree']);
});

test('an Application with chart, version and namespace of the catalogue has no finding', () => {
  expect(applicationFindings(write({ 'a.yaml': application(chart, '0'), 'n.yaml': namespace }), [project])).toEqual([]);
});

test('a wrong version, an unknown chart, a missing namespace, project or path are each found', () => {
  const findings = (source: object, extra: object[] = [namespace, project], overrides: object = {}) => {
    rmSync(directory, { recursive: true });
    return applicationFindings(write({ 'a.yaml': application(source, '0', overrides) }), extra as { [key: string]: any }[]);
  };
  expect(findings({ ...chart, targetRevision: '0.0.1' })[0]).toContain(`version 0.0.1, the catalogue has ${release.version}`);
  expect(findings({ ...chart, chart: 'nothing' })[0]).toContain('not in the catalogue');
  expect(findings(chart, [project])[0]).toContain('which nothing makes');
  expect(findings(chart, [namespace])[0]).toContain('does not exist');
  expect(findings({ path: 'gone', repoURL: 'x' })[0]).toContain('path gone is not in the tree');
});

test('a custom resource before its definition, or without one, is found', () => {
  const issuer = { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'x' } };
  const stranger = { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' } };
  const tree = write({
    'chart.yaml': application(chart, '3'),
    'issuers.yaml': application({ path: 'issuers' }, '2'),
    'issuers/issuer.yaml': issuer,
    'issuers/widget.yaml': stranger,
  });
  expect(definitionOrderFindings(tree, ['argo-cd'])).toEqual([
    'issuers/issuer.yaml: ClusterIssuer comes in wave 2, its definition in wave 3',
    'issuers/widget.yaml: nothing defines Widget of example.com',
  ]);
  expect(definitionOrderFindings(tree, ['argo-cd', 'cert-manager'])).toEqual(['issuers/widget.yaml: nothing defines Widget of example.com']);
  expect(definitionOrderFindings(tree, ['argo-cd', 'cert-manager'], ['example.com'])).toEqual([]);
});

test('an object directly below the root comes in its own wave', () => {
  const issuer = (wave: string) => ({
    apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'x', annotations: { 'argocd.argoproj.io/sync-wave': wave } },
  });
  const root = { ...application({ path: 'overlay' }, '0'), metadata: { name: 'root' } };
  const tree = write({
    'overlay/root.yaml': root,
    'overlay/chart.yaml': application(chart, '3'),
    'overlay/early.yaml': issuer('3'),
    'overlay/late.yaml': issuer('8'),
  });
  expect(definitionOrderFindings(tree, ['argo-cd'])).toEqual(['overlay/early.yaml: ClusterIssuer comes in wave 3, its definition in wave 3']);
});

test('a file that is not YAML is a problem of the tree', () => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'broken.yaml'), 'a: [1\n');
  expect(Tree.read(directory).problems[0]).toContain('broken.yaml');
});
