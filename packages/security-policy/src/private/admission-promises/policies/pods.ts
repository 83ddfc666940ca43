import { DIGEST, deploymentOf, exampleContainer, examplePod, prefixesOf, repositoryOf, statefulSetOf, workloadsOf } from '../example-pods';
import { AdmissionPromise, creates, platforms, PromiseInput, updates, withLabels } from '../promise';

/** A promise without what cannot be admitted because no image is. */
function possible(input: PromiseInput, { refused, admitted }: AdmissionPromise): AdmissionPromise {
  return { refused, admitted: repositoryOf(input) === undefined ? [] : admitted };
}

/** Requests for a pod, as itself and in every workload that would make it. */
function everywhere(pod: any, reason: string): any[] {
  return [pod, ...workloadsOf(pod)].map((object) => creates(object, `${reason}, as ${object.kind}`));
}

export function allowedRegistries(input: PromiseInput): AdmissionPromise {
  const named = (image: string): any => examplePod(input, { containers: [exampleContainer(image)] });
  if (input.namespace.facts?.anyRegistry) return { refused: [], admitted: everywhere(named('stranger.invalid/app:1.0'), 'an image from wherever') };
  const prefixes = prefixesOf(input);
  const hosts = prefixes.filter((prefix) => prefix.endsWith('/')).map((prefix) => prefix.slice(0, -1));
  const stranger = 'stranger.invalid/app:1.0';
  const debugged = (image: string): any[] => {
    const pod = examplePod(input);
    const object = { ...pod, spec: { ...pod.spec, ephemeralContainers: [exampleContainer(image, { name: 'debug', resources: {} })] } };
    return [updates(pod, object, `a debug container from ${image}`, { subresource: 'ephemeralcontainers' })];
  };
  const ofDocker = prefixes.includes('docker.io/library/nginx') || prefixes.includes('docker.io/library') || hosts.includes('docker.io');
  const short = ['nginx:1.0', 'library/nginx:1.0', 'docker.io/nginx:1.0', 'index.docker.io/library/nginx:1.0'].map((image) => creates(named(image), `${image} is of Docker's library`));
  return possible(input, {
    refused: [
      ...everywhere(named(stranger), 'a registry that is not allowed'),
      ...hosts.filter((host) => !host.includes(':')).flatMap((host) => [`${host}.invalid/app:1.0`, `${host}:5001/app:1.0`]
        .map((image) => creates(named(image), `${image} only begins like the registry ${host}`))),
      creates(examplePod(input, { initContainers: [exampleContainer(stranger, { name: 'first' })] }), 'an init container from a registry that is not allowed'),
      ...debugged(stranger),
      updates(examplePod(input), named(stranger), 'the image of a pod that runs is changed to one that is not allowed'),
      ...(ofDocker ? [creates(named('nginx-of-a-stranger.invalid/nginx:1.0'), 'a host that begins like an allowed repository')] : short),
    ],
    admitted: [
      ...everywhere(examplePod(input), 'an image that is allowed'),
      ...prefixes.map((prefix) => (prefix.endsWith('/') ? `${prefix}team/app` : prefix)).map((name) => creates(named(`${name}:1.0`), `${name} is allowed`)),
      ...debugged(`${repositoryOf(input)}:1.0`),
      ...(ofDocker ? short : []),
    ],
  });
}

export function immutableTags(input: PromiseInput): AdmissionPromise {
  const repository = repositoryOf(input) ?? 'registry.invalid/app';
  const named = (image: string): any => examplePod(input, { containers: [exampleContainer(image)] });
  return possible(input, {
    refused: [
      ...everywhere(named(repository), 'no tag'),
      ...input.context.mutableTags.map((tag) => creates(named(`${repository}:${tag}`), `the tag ${tag} is moved`)),
    ],
    admitted: [creates(named(`${repository}:1.0`), 'the tag of a release'), creates(named(`${repository}@${DIGEST}`), 'a digest'), creates(named(`${repository}:latest@${DIGEST}`), 'a digest behind a tag')],
  });
}

export function pullPolicy(input: PromiseInput): AdmissionPromise {
  const repository = repositoryOf(input) ?? 'registry.invalid/app';
  const lazy = (image: string): any => examplePod(input, { containers: [exampleContainer(image, { imagePullPolicy: 'IfNotPresent' })] });
  const careless = lazy(`${repository}:1.0`);
  return possible(input, {
    refused: [
      // what is created is mended by the policies that change objects, where they are asked for
      ...(input.mutate ? [] : everywhere(careless, 'an image of the node may be run')),
      updates(deploymentOf(examplePod(input)), deploymentOf(careless), 'a Deployment is changed to run images of the node'),
    ],
    admitted: [creates(lazy(`${repository}@${DIGEST}`), 'an image by digest cannot be another one'), creates(examplePod(input), 'the registry is always asked')],
  });
}

export function boundedContainers(input: PromiseInput): AdmissionPromise {
  const bounded = (resources: any): any => examplePod(input, {}, { resources });
  const limits = { cpu: '10m', memory: '16Mi' };
  return possible(input, {
    refused: [
      // a LimitRange would put limits into a pod, but not into what makes pods
      ...workloadsOf(bounded({})).map((object) => creates(object, `no limits, as ${object.kind}`)),
      ...Object.keys(limits).map((resource) => creates(deploymentOf(bounded({ limits: { ...limits, [resource]: undefined } })), `no limit of ${resource}`)).map(dropUndefined),
      ...Object.keys(limits).map((resource) => creates(deploymentOf(bounded({ limits: { ...limits, [resource]: '0' } })), `a limit of ${resource} that is none`)),
    ],
    admitted: [creates(deploymentOf(bounded({ limits })), 'limits; requests are as large')],
  });
}

function dropUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

export function hostAccess(input: PromiseInput): AdmissionPromise {
  const { context: { openings, userNamespaces } } = input;
  const port = (more: any): any => examplePod(input, {}, { ports: [{ containerPort: 8080, ...more }] });
  const volume = (source: any): any => examplePod(input, { volumes: [{ name: 'data', ...source }] });
  return possible(input, {
    refused: [
      ...everywhere(examplePod(input, { hostNetwork: true, hostUsers: undefined }), 'the network of the node').map(dropUndefined),
      creates(dropUndefined(examplePod(input, { hostPID: true, hostUsers: undefined })), 'the processes of the node'),
      creates(dropUndefined(examplePod(input, { hostIPC: true, hostUsers: undefined })), 'the shared memory of the node'),
      creates(port({ hostPort: 8080 }), 'a port of the node'),
      creates(volume({ hostPath: { path: '/var/log' } }), 'a path of the node'),
      ...(openings.choiceOfNodes ? [] : [
        creates(examplePod(input, { nodeName: 'node-1' }), 'a node instead of the scheduler'),
        creates(examplePod(input, { tolerations: [{ operator: 'Exists' }] }), 'every taint is tolerated'),
        creates(examplePod(input, { tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] }), 'the taint of the control plane is tolerated'),
      ]),
      ...(userNamespaces ? [creates(examplePod(input, { hostUsers: true }), 'the users of the node')] : []),
    ],
    admitted: [
      ...everywhere(examplePod(input), 'nothing of the node'),
      creates(port({}), 'a port of the pod'),
      creates(volume({ emptyDir: {} }), 'a volume of the pod'),
      creates(examplePod(input, { tolerations: [{ key: 'spot.example.com/node', operator: 'Exists' }] }), 'a taint of a node that is meant for it is tolerated'),
    ],
  });
}

export function priorityClasses(input: PromiseInput): AdmissionPromise {
  const { context, namespace } = input;
  const allowed = namespace.facts?.priorityClasses ?? context.priorityClasses;
  return possible(input, {
    refused: [...everywhere(examplePod(input, { priorityClassName: 'system-node-critical' }), 'the priority of the system')],
    admitted: [
      creates(examplePod(input), 'no priority class'),
      ...allowed.map((priorityClassName) => creates(deploymentOf(examplePod(input, { priorityClassName })), `the priority class ${priorityClassName} is allowed`)),
    ],
  });
}

export function tokenAutomount(input: PromiseInput): AdmissionPromise {
  const pod = (automountServiceAccountToken?: boolean, serviceAccountName?: string): any =>
    dropUndefined(examplePod(input, { automountServiceAccountToken, serviceAccountName }));
  const mounted = (audience?: string): any => dropUndefined(examplePod(input, {
    volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }] } }],
  }));
  return possible(input, {
    refused: [
      ...everywhere(pod(true), 'a token of the default service account'),
      // the API server refuses pods of an account that is not there, so that only what makes them is asked about
      creates(deploymentOf(pod(undefined, 'app')), 'an account of its own, and not a word about its token'),
      ...(input.mutate ? [] : [creates(pod(), 'not a word about the token')]),
      creates(mounted(), 'a volume with a token of the default service account'),
    ],
    admitted: [...everywhere(pod(false), 'no token'), creates(deploymentOf(pod(true, 'app')), 'a token of an account of its own'), creates(mounted('vault'), 'a volume with a token for somebody else')],
  });
}

export function trustedPodLabels(input: PromiseInput): AdmissionPromise {
  const labelled = (key: string): any => withLabels(examplePod(input), { [key]: 'mine' });
  const keys = ['viridial.com/role', ...input.context.trustedPodLabels];
  return possible(input, {
    refused: [
      ...keys.flatMap((key) => [creates(labelled(key), `the label ${key} of a pod`), creates(deploymentOf(labelled(key)), `the label ${key} of a template`)]),
      ...keys.map((key) => updates(examplePod(input), labelled(key), `the label ${key} put on a pod that runs`)),
    ],
    admitted: [
      creates(labelled('app.example.com/part'), 'a label that nobody trusts'),
      ...platforms(input).map((who) => creates(labelled('viridial.com/role'), 'the platform labels a pod', who)),
    ],
  });
}

export function storageClasses(input: PromiseInput): AdmissionPromise {
  const { context, namespace } = input;
  const allowed = namespace.facts?.storageClasses ?? context.storageClasses;
  const spec = (changes: any): any => ({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...changes });
  const claim = (changes: any): any => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'admission-example', namespace: namespace.name }, spec: spec(changes) });
  const stranger = { storageClassName: 'stranger.invalid' };
  const template = (changes: any): any => statefulSetOf(examplePod(input), { volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: spec(changes) }] });
  const ephemeral = (changes: any): any => examplePod(input, { volumes: [{ name: 'data', ephemeral: { volumeClaimTemplate: { spec: spec(changes) } } }] });
  const own = allowed.length === 0 ? undefined : { storageClassName: allowed[0] };
  const pods = possible(input, { refused: [], admitted: own === undefined ? [] : [creates(template(own), 'a StatefulSet with an allowed class'), creates(ephemeral(own), 'an ephemeral volume of an allowed class')] });
  return {
    refused: [
      creates(claim(stranger), 'a storage class that is not allowed'),
      creates(claim({ storageClassName: '' }), 'no storage class, and so any volume that is there'),
      ...(own === undefined ? [] : [creates(claim({ ...own, volumeName: 'pv-of-somebody' }), 'a volume that is there already')]),
      creates(template(stranger), 'a StatefulSet with a storage class that is not allowed'),
      creates(ephemeral(stranger), 'an ephemeral volume of a storage class that is not allowed'),
    ],
    admitted: [...allowed.map((storageClassName) => creates(claim({ storageClassName }), `the storage class ${storageClassName} is allowed`)), ...pods.admitted],
  };
}
