import { ExposedKind, ExposedObject } from '../../blast-radius-parts';
import { viewPod } from '../pod-security/pod-view';
import { PodSource } from '../pod-source';
import { Shape } from '../shape';
import { compareText, distinct } from '../text';

const { CONFIG_MAP, CSI_VOLUME, SECRET, TOKEN } = ExposedKind;

/** Kinds of volumes whose driver logs in somewhere with a Secret. */
const DRIVERS = ['cephfs', 'flexVolume', 'iscsi', 'rbd', 'scaleIO', 'storageos'];

interface Found {
  readonly kind: ExposedKind;
  readonly name: string;
  readonly how: string;
  readonly path: string;
}

/**
 * What is in a pod and worth reading.
 *
 * @param pod the pod
 * @param account its ServiceAccount, which may have Secrets for pulling images; absent when it is not known
 */
export function exposedIn(pod: PodSource, account: Shape | undefined): ExposedObject[] {
  const found = [
    ...pod.spec.children('volumes').flatMap(inVolume),
    ...viewPod(pod).containers.flatMap(({ shape }) => inEnvironment(shape)),
    ...pullSecrets(pod.spec),
    ...(account === undefined || pod.spec.children('imagePullSecrets').length > 0 ? [] : pullSecrets(account)),
  ];
  const groups = new Map<string, Found[]>();
  for (const own of found) groups.set(`${own.kind} ${own.name}`, [...groups.get(`${own.kind} ${own.name}`) ?? [], own]);
  const kinds = Object.values(ExposedKind);
  return [...groups.values()]
    .map((own) => ({ kind: own[0].kind, name: own[0].name, how: distinct(own.map(({ how }) => how)), paths: distinct(own.map(({ path }) => path)) }))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compareText(a.name, b.name));
}

function inVolume(volume: Shape): Found[] {
  const projected = volume.child('projected')?.children('sources') ?? [];
  const csi = volume.child('csi');
  return [
    ...named(SECRET, volume.child('secret'), 'secretName', 'as files'),
    ...named(CONFIG_MAP, volume.child('configMap'), 'name', 'as files'),
    ...projected.flatMap((source) => [
      ...named(SECRET, source.child('secret'), 'name', 'as files'),
      ...named(CONFIG_MAP, source.child('configMap'), 'name', 'as files'),
      ...named(TOKEN, source.child('serviceAccountToken'), 'audience', 'as a file'),
    ]),
    ...(csi === undefined ? [] : [
      ...named(CSI_VOLUME, csi, 'driver', csi.child('volumeAttributes')?.has('secretProviderClass') ? 'as files out of a vault' : 'as files'),
      ...named(SECRET, csi.child('nodePublishSecretRef'), 'name', 'for mounting a volume'),
    ]),
    ...named(SECRET, volume.child('azureFile'), 'secretName', 'for mounting a volume'),
    ...DRIVERS.flatMap((driver) => named(SECRET, volume.child(driver)?.child('secretRef'), 'name', 'for mounting a volume')),
  ];
}

function inEnvironment(container: Shape): Found[] {
  const variables = 'as environment variables';
  return [
    ...container.children('env').flatMap((variable) => {
      const source = variable.child('valueFrom');
      return [...named(SECRET, source?.child('secretKeyRef'), 'name', variables), ...named(CONFIG_MAP, source?.child('configMapKeyRef'), 'name', variables)];
    }),
    ...container.children('envFrom').flatMap((source) => [
      ...named(SECRET, source.child('secretRef'), 'name', variables), ...named(CONFIG_MAP, source.child('configMapRef'), 'name', variables),
    ]),
  ];
}

function pullSecrets(owner: Shape): Found[] {
  return owner.children('imagePullSecrets').flatMap((reference) => named(SECRET, reference, 'name', 'for pulling images, on the node'));
}

function named(kind: ExposedKind, shape: Shape | undefined, field: string, how: string): Found[] {
  const name = shape?.text(field);
  return shape === undefined || name === undefined || name === '' ? [] : [{ kind, name, how, path: shape.path() }];
}
