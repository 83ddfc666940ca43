import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { EksPlatform } from '@viridial/eks-platform';
import { clusterProps } from '@viridial/example-eks/lib/eks/src/cluster';
import { App, Validations } from 'aws-cdk-lib';
import { NagRecorder } from './nag-recorder';
import { Template } from './template';

/** A stack as CloudFormation would get it. */
export interface SynthesizedStack {
  readonly name: string;
  readonly text: string;
  readonly template: Template;
}

/** What one cluster of the example came to. */
export interface Synthesis {
  readonly eks: EksPlatform;
  readonly stacks: SynthesizedStack[];
  readonly nag: NagRecorder;
}

/** Builds and synthesizes a cluster of `examples/eks`, with cdk-nag looking on. */
export function synthesize(cluster: string): Synthesis {
  const outdir = mkdtempSync(path.join(tmpdir(), 'viridial-demo-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    const nag = new NagRecorder();
    Validations.of(app).addPlugins(nag);
    const eks = new EksPlatform(app, cluster, clusterProps(cluster));
    const stacks = app.synth().stacks.map(({ stackName, templateFile }) => {
      const text = readFileSync(path.join(outdir, templateFile), 'utf8');
      return { name: stackName, text, template: JSON.parse(text) as Template };
    });
    return { eks, stacks, nag };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
