import { EdgeCollector, Use } from './edge-collector';
import { ADMISSION, NODE, OBJECTS, Place, rootBy } from './places';
import { RightName } from './rights';
import { rightOn, rightOnSome } from './terrain';
import { EscalationTechnique } from '../../escalation-technique';

const { ADMISSION_CHANGE, API_SERVICE, CERTIFICATE_SIGNING, NODE_PROXY } = EscalationTechnique;

/** Signers whose certificates the API server takes, with what comes of them. */
const SIGNERS: readonly (readonly [signer: string, place: Place])[] = [
  ['kubernetes.io/kube-apiserver-client', rootBy('certificate')], ['kubernetes.io/kube-apiserver-client-kubelet', NODE],
];

/** What concerns the cluster as a whole. */
export function clusterEdges(collector: EdgeCollector): void {
  use(collector, NODE_PROXY, NODE, 'reachKubelets');
  certificates(collector);
  use(collector, ADMISSION_CHANGE, rootBy('requests'), 'writeMutatingWebhooks');
  use(collector, ADMISSION_CHANGE, rootBy('requests'), 'writeMutatingPolicies', 'writeMutatingBindings');
  use(collector, ADMISSION_CHANGE, OBJECTS, 'writeValidatingWebhooks');
  use(collector, ADMISSION_CHANGE, ADMISSION, 'liftAdmission');
  use(collector, API_SERVICE, OBJECTS, 'writeApiServices');
}

/** All rights together, on whatever object. */
function use(collector: EdgeCollector, technique: EscalationTechnique, to: Place, ...rights: RightName[]): void {
  const uses = rights.map((right) => some(collector, right));
  if (uses.every((own): own is Use => own !== undefined)) collector.add(technique, to, ...uses);
}

function certificates(collector: EdgeCollector): void {
  const request = collector.any('requestCertificates');
  const approve = some(collector, 'approveRequests');
  if (request === undefined || approve === undefined) return;
  const sign = collector.right('approveSigners');
  for (const [signer, place] of SIGNERS) {
    const because = rightOn(sign, signer) ?? sign.named.get('kubernetes.io/*');
    const name = sign.any !== undefined || sign.named.has(signer) ? signer : 'kubernetes.io/*';
    if (because !== undefined) collector.add(CERTIFICATE_SIGNING, place, { because: request }, approve, { because, name });
  }
}

function some(collector: EdgeCollector, right: RightName): Use | undefined {
  const held = collector.right(right);
  const because = rightOnSome(held);
  return because === undefined ? undefined : { because, name: held.any === undefined ? [...held.named.keys()][0] : undefined };
}
