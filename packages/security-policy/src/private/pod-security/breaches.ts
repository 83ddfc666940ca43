import { PodSecurityControl } from '../../pod-security-control';

/** A pod that keeps everything. */
export function keepingPod(namespace: string, name: string, image: string): any {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { example: name } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{
        name: 'main',
        image,
        imagePullPolicy: 'Always',
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '10m', memory: '16Mi' } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      }],
    },
  };
}

const OF_CONTEXT: { [control: string]: any } = {
  [PodSecurityControl.ALLOW_PRIVILEGE_ESCALATION]: { allowPrivilegeEscalation: true },
  [PodSecurityControl.CAPABILITIES_BASELINE]: { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } },
  [PodSecurityControl.CAPABILITIES_RESTRICTED]: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
  [PodSecurityControl.PRIVILEGED]: { privileged: true, allowPrivilegeEscalation: true },
  [PodSecurityControl.RUN_AS_NON_ROOT]: { runAsNonRoot: false },
  [PodSecurityControl.RUN_AS_USER]: { runAsUser: 0 },
  [PodSecurityControl.SE_LINUX_OPTIONS]: { seLinuxOptions: { type: 'spc_t' } },
};

const OF_CONTAINER: { [control: string]: any } = {
  [PodSecurityControl.HOST_PORTS]: { ports: [{ containerPort: 8080, hostPort: 8080 }] },
  [PodSecurityControl.HOST_PROBES_AND_HOST_LIFECYCLE]: { livenessProbe: { httpGet: { host: '127.0.0.1', path: '/', port: 8080 } } },
};

const OF_POD: { [control: string]: any } = {
  [PodSecurityControl.HOST_NAMESPACES]: { hostPID: true },
  [PodSecurityControl.HOST_PATH_VOLUMES]: { volumes: [{ name: 'data', hostPath: { path: '/var/log' } }] },
  [PodSecurityControl.RESTRICTED_VOLUMES]: { volumes: [{ name: 'data', nfs: { server: 'nfs.invalid', path: '/' } }] },
};

const OF_POD_CONTEXT: { [control: string]: any } = {
  [PodSecurityControl.APP_ARMOR_PROFILE]: { appArmorProfile: { type: 'Unconfined' } },
  [PodSecurityControl.SECCOMP_PROFILE_BASELINE]: { seccompProfile: { type: 'Unconfined' } },
  [PodSecurityControl.SECCOMP_PROFILE_RESTRICTED]: { seccompProfile: undefined },
  [PodSecurityControl.SYSCTLS]: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] },
};

/** The controls that an example can break: not those of user namespaces and Windows, where the pod itself must be another. */
export function canBreak(control: PodSecurityControl): boolean {
  return [OF_CONTEXT, OF_CONTAINER, OF_POD, OF_POD_CONTEXT].some((breaches) => control in breaches);
}

/** The pod with one control broken, and what cannot be kept without it. */
export function breaking(pod: any, control: PodSecurityControl): any {
  const [container] = pod.spec.containers;
  const broken = { ...container, ...OF_CONTAINER[control], securityContext: { ...container.securityContext, ...OF_CONTEXT[control] } };
  const securityContext = { ...pod.spec.securityContext, ...OF_POD_CONTEXT[control] };
  return JSON.parse(JSON.stringify({ ...pod, spec: { ...pod.spec, ...OF_POD[control], securityContext, containers: [broken] } }));
}
