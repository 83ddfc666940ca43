import { Cidr, IpVersion } from '@viridial/core';
import { ClusterRanges, LINK_LOCAL, METADATA_RANGES, PRIVATE_NETWORKS } from './cluster-ranges';
import { ipBlock } from './ip-blocks';
import { portsOf } from './ports';
import { FlowContext, Rule } from './rule';

/** Everything there is, by IP version. */
const EVERYWHERE = [Cidr.parse('0.0.0.0/0'), Cidr.parse('::/0')];

/** Egress to the internet for each IP version of the pods, without what is not the internet. */
export function internetRules(context: FlowContext, ranges: ClusterRanges): Rule[] {
  const { flow, problems, path } = context;
  const ports = portsOf(context);
  const asked = (flow.except ?? []).map((text, index) => Cidr.collect(problems, `${path}.except[${index}]`, text));
  asked.forEach((cidr, index) => {
    if (cidr?.prefix !== 0) return;
    problems.error({
      code: 'NothingLeft',
      path: `${path}.except[${index}]`,
      message: `${cidr.toString()} takes everything out of the flow`,
      value: cidr.toString(),
      cure: 'leave the flow out, or give a smaller exception',
    });
  });
  const closed = [
    ...LINK_LOCAL, ...METADATA_RANGES, ...ranges.nodes, ...ranges.pods, ...ranges.services, ...ranges.apiServers,
    ...(flow.privateNetworks ? [] : PRIVATE_NETWORKS), ...asked.filter((cidr): cidr is Cidr => cidr !== undefined && cidr.prefix > 0),
  ];
  return EVERYWHERE.filter((everywhere) => ranges.versions.includes(everywhere.version)).map((everywhere) => {
    return { direction: 'egress', peers: [{ ipBlock: ipBlock(everywhere, closed.filter(sameVersion(everywhere.version))) }], ports };
  });
}

function sameVersion(version: IpVersion): (cidr: Cidr) => boolean {
  return (cidr) => cidr.version === version;
}
