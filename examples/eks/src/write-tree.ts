import { planEks } from '@viridial/eks-platform';
import { clusterProps } from './cluster';

/** Writes the GitOps tree of a cluster into a checkout of the repository; with --check it says what is stale, and writes nothing. */
const [directory, name = 'production', check] = process.argv.slice(2);
if (!directory) throw new Error('usage: write-tree DIRECTORY [CLUSTER [--check]]');

const { repository } = planEks(name, clusterProps(name)).rendered;
if (check === '--check') {
  const stale = repository.check(directory);
  for (const path of stale) console.log(`stale: ${path}`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  repository.write(directory);
}
