import * as path from 'node:path';
import { Catalogue } from '@viridial/core';
import { Tree, TreeObject } from './tree';

/** Namespaces that exist on every cluster, and the one Argo CD itself is installed into. */
const ALWAYS_THERE = ['kube-system', 'kube-public', 'kube-node-lease', 'default'];
const WAVE = 'argocd.argoproj.io/sync-wave';

/** API groups that a Kubernetes API server brings itself. */
const BUILT_IN = /^$|^(apps|batch|autoscaling|policy)$|\.k8s\.io$/;

interface Source {
  readonly chart?: string;
  readonly repoURL?: string;
  readonly targetRevision?: string;
  readonly path?: string;
}

const wave = (object: { [key: string]: any }) => Number(object.metadata?.annotations?.[WAVE] ?? 0);
const sourcesOf = ({ object }: TreeObject): Source[] => object.spec?.sources ?? [object.spec?.source ?? {}];
const titleOf = ({ object }: TreeObject) => `Application ${object.metadata?.name}`;

/** Every kustomization names files and folders that are there. */
export function danglingResources(tree: Tree): string[] {
  const files = new Set(tree.objects.map(({ file }) => file));
  const folders = new Set([...files].filter((file) => path.basename(file) === 'kustomization.yaml').map((file) => path.dirname(file)));
  return tree.ofKind('Kustomization').filter(({ object }) => String(object.apiVersion).startsWith('kustomize.config.k8s.io/'))
    .flatMap(({ file, object }) => ((object.resources ?? []) as string[])
      .map((resource) => path.join(path.dirname(file), resource))
      .filter((target) => !files.has(target) && !folders.has(target.replace(/\/$/, '')))
      .map((target) => `${file} names ${target}, which is not in the tree`));
}

/** Every Application names a chart of the catalogue at its version, or a folder of the tree, and a namespace that exists. */
export function applicationFindings(tree: Tree, bootstrapped: readonly { [key: string]: any }[]): string[] {
  const everything = [...tree.objects.map(({ object }) => object), ...bootstrapped];
  const namespaces = new Set([...ALWAYS_THERE, ...everything.filter((object) => object.kind === 'Namespace').map((object) => object.metadata.name as string)]);
  const projects = new Set(everything.filter((object) => object.kind === 'AppProject').map((object) => object.metadata.name as string));
  const releases = Catalogue.chartNames.map((chart) => Catalogue.chart(chart));
  const findings: string[] = [];
  for (const application of tree.ofKind('Application')) {
    const { destination, project } = application.object.spec ?? {};
    if (!destination?.namespace || !namespaces.has(destination.namespace)) {
      findings.push(`${titleOf(application)} goes to namespace ${destination?.namespace}, which nothing makes`);
    }
    if (!projects.has(project)) findings.push(`${titleOf(application)} is in project ${project}, which does not exist`);
    for (const source of sourcesOf(application)) {
      if (source.chart) {
        const known = releases.find((release) => release.chart === source.chart && release.repository.replace(/^oci:\/\//, '').startsWith(source.repoURL?.replace(/^oci:\/\//, '') ?? '?'));
        if (!known) findings.push(`${titleOf(application)}: chart ${source.chart} of ${source.repoURL} is not in the catalogue`);
        else if (known.version !== source.targetRevision) findings.push(`${titleOf(application)}: version ${source.targetRevision}, the catalogue has ${known.version}`);
      } else if (!source.path || !tree.below(source.path).length) {
        findings.push(`${titleOf(application)}: path ${source.path} is not in the tree`);
      }
    }
  }
  return findings;
}

/**
 * The wave of the root Application in which an object arrives: its own, or that of the Application whose folder it lies in.
 * An Application that lies in its own folder is the root.
 */
function arrival(tree: Tree, { file, object }: TreeObject): number {
  const carriers = tree.ofKind('Application')
    .filter((application) => sourcesOf(application).some(({ path: folder }) => folder !== undefined && file.startsWith(`${path.normalize(folder)}/`)))
    .filter((application) => !sourcesOf(application).some(({ path: folder }) => folder !== undefined && application.file.startsWith(`${path.normalize(folder)}/`)));
  const carrier = carriers.find((candidate) => candidate.object !== object);
  return carrier ? arrival(tree, carrier) : wave(object);
}

/**
 * No custom resource is delivered before what defines it.
 * @param tree the tree
 * @param bootstrappedCharts charts that are there before the tree is read
 * @param ofTheGround API groups that the cluster brings itself, with its network plugin for example
 */
export function definitionOrderFindings(tree: Tree, bootstrappedCharts: readonly string[], ofTheGround: readonly string[] = []): string[] {
  const definedIn = new Map<string, number>();
  const define = (name: string, at: number) => {
    for (const definition of Catalogue.chart(name).crds) definedIn.set(definition.slice(definition.indexOf('.') + 1), at);
  };
  for (const application of tree.ofKind('Application')) {
    for (const { chart } of sourcesOf(application)) {
      const known = Catalogue.chartNames.find((name) => Catalogue.chart(name).chart === chart);
      if (known) define(known, wave(application.object));
    }
  }
  for (const chart of bootstrappedCharts) define(chart, -Infinity);
  for (const group of ofTheGround) definedIn.set(group, -Infinity);
  const findings: string[] = [];
  for (const found of tree.objects) {
    const apiVersion = String(found.object.apiVersion);
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    if (BUILT_IN.test(group) || group === 'kustomize.config.k8s.io') continue;
    const definition = definedIn.get(group);
    const at = arrival(tree, found);
    if (definition === undefined) findings.push(`${found.file}: nothing defines ${found.object.kind} of ${group}`);
    else if (definition >= at) findings.push(`${found.file}: ${found.object.kind} comes in wave ${at}, its definition in wave ${definition}`);
  }
  return findings;
}
