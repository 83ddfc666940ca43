import { EksPlatform, explain, networkDiagram, VALIDATION_EXCEPTIONS } from '@viridial/eks-platform';
import { AddOnOwner } from '@viridial/platform-addons';
import { architectureFindings } from './architecture';
import { BootstrapObjects, bootstrapObjects } from './bootstrap-objects';
import { nagFindings } from './nag-check';
import { stackSizeCheck } from './stack-size';
import { Synthesis, synthesize } from './synthesis';
import { validateTemplates } from './template-validation';
import { Check, checkOf } from '../check';
import { applicationFindings, danglingResources, definitionOrderFindings } from '../gitops/argo-cd-checks';
import { Tree } from '../gitops/tree';
import { TargetReport } from '../report';
import { Progress, Target } from '../target';
import { TargetFolder } from '../target-folder';

/** How much of a failed proof is printed; all of it is in `proof.json`. */
const PROOF_LINES = 40;

/** API groups that EKS defines on every cluster with the VPC CNI (aws/amazon-network-policy-controller-k8s, pkg/crd/crds.yaml). */
const OF_EKS = ['networking.k8s.aws'];

/** The production cluster of `examples/eks`. */
export class EksTarget implements Target {
  public readonly name = 'eks';

  public run(folder: TargetFolder, progress: Progress): Omit<TargetReport, 'ok' | 'durationMs'> {
    progress('plan, render, build the stacks, and synthesize them with cdk-nag looking on');
    const synthesis = synthesize('production');
    const bootstrap = bootstrapObjects(synthesis.stacks.map(({ template }) => template));
    progress('prove and write');
    write(folder, synthesis, bootstrap);
    const tree = Tree.read(folder.path('gitops'));
    folder.count(tree.objects.length);
    progress('validate the templates');
    return {
      checks: [
        ...planChecks(synthesis, bootstrap),
        ...treeChecks(tree, synthesis.eks, bootstrap),
        ...templateChecks(synthesis, synthesis.stacks.map(({ name }) => folder.path(templateFile(name)))),
      ],
      warnings: synthesis.eks.plan.warnings.map((warning) => warning.toString()),
      objects: folder.objectCount,
      placeholders: bootstrap.used.map(({ value, standsFor }) => ({ file: 'manifests/cluster.yaml', value, standsFor })),
    };
  }
}

const templateFile = (stack: string) => `templates/${stack}.template.json`;

function write(folder: TargetFolder, { eks, stacks, nag }: Synthesis, bootstrap: BootstrapObjects): void {
  const { plan, proof, rendered } = eks;
  for (const { name, text, template } of stacks) {
    folder.text(templateFile(name), text);
    folder.count(Object.keys(template.Resources).length);
  }
  folder.json('plan.json', plan.toJson());
  folder.text('summary.md', explain(plan).join('\n'));
  folder.json('installations.json', rendered.installations.map((installation) => ({ ...installation.toJson(), owner: rendered.owners[installation.name] })));
  folder.manifests(bootstrap.objects);
  eks.repository.write(folder.path('gitops'));
  folder.json('proof.json', proof.toJson());
  folder.json('proof.sarif', proof.toSarif());
  folder.json('cdk-nag.json', { open: nag.findings, acknowledged: eks.acknowledgements });
  folder.text('diagrams/network.mmd', networkDiagram(plan));
}

function planChecks({ eks, stacks }: Synthesis, bootstrap: BootstrapObjects): Check[] {
  const names = eks.plan.addOns.map(({ name }) => name);
  const text = eks.proof.toText().split('\n');
  return [
    checkOf('architecture', 'subnets, node groups, security properties and add-ons are those of the architecture decision',
      architectureFindings(stacks.map(({ template }) => template))),
    checkOf('owners', `${names.length} add-ons, each with one owner`,
      names.filter((name, i) => names.indexOf(name) !== i).map((name) => `${name} has more than one owner`)),
    { id: 'proof', ok: eks.proof.ok, detail: eks.proof.ok ? `${text[0]} ${eks.proof.accepted.length} findings are accepted, with reasons.` : text.slice(0, PROOF_LINES).join('\n    ') },
    checkOf('bootstrap', `${bootstrap.objects.length} objects are applied with the cluster`, bootstrap.findings),
  ];
}

function treeChecks(tree: Tree, { rendered, repository }: EksPlatform, bootstrap: BootstrapObjects): Check[] {
  const early = rendered.installations.map(({ name }) => name)
    .filter((name) => rendered.owners[name] === AddOnOwner.BLUEPRINT || rendered.owners[name] === AddOnOwner.BOOTSTRAP);
  return [
    checkOf('gitops', `${tree.objects.length} objects in ${Object.keys(repository.files).length} files, every reference resolves`,
      [...tree.problems, ...danglingResources(tree)]),
    checkOf('applications', `${tree.ofKind('Application').length} Applications name charts of the catalogue and namespaces that exist`,
      applicationFindings(tree, bootstrap.objects)),
    checkOf('definition-order', 'no custom resource comes before its definition', definitionOrderFindings(tree, early, OF_EKS)),
  ];
}

function templateChecks({ eks, stacks, nag }: Synthesis, files: string[]): Check[] {
  const validation = validateTemplates(files, VALIDATION_EXCEPTIONS);
  const excluded = validation.excluded.reduce((sum, count) => sum + count, 0);
  return [
    stackSizeCheck(stacks),
    checkOf('cloudformation-validate', `${files.length} templates, strict, no finding; ${VALIDATION_EXCEPTIONS.length} exceptions covered ${excluded}`,
      validation.findings),
    checkOf('cdk-nag', `AwsSolutions without open finding; ${nag.acknowledged.length} acknowledged by ${eks.acknowledgements.length} entries on named resources`,
      nagFindings(nag.findings, eks.acknowledgements)),
  ];
}
