import { Edge, EdgeCollector } from './edge-collector';
import { clusterEdges } from './edges-cluster';
import { identityEdges } from './edges-identity';
import { podEdges } from './edges-pods';
import { roleEdges } from './edges-roles';
import { Holder } from './holder';
import { Terrain } from './terrain';

/** Everything that somebody can do with what is bound to them by name, in the namespaces where it is. */
export function edgesOf(holder: Holder, terrain: Terrain): Edge[] {
  return holder.spaces.flatMap((space) => {
    const collector = new EdgeCollector(holder, space, terrain);
    identityEdges(collector);
    roleEdges(collector);
    podEdges(collector);
    if (space === '') clusterEdges(collector);
    return collector.edges;
  }).filter(({ uses }) => uses.some(({ because }) => because.possession.subject === holder.key));
}
