import { resourcesOf, Template } from './template';

/** What stands in the objects for a value that only the deployment knows. */
export interface StandIn {
  /** Part of the export or logical id that names the value. */
  readonly names: RegExp;
  readonly value: string;
  readonly standsFor: string;
}

/** Values that the deployment fills in, in a shape that API servers and drivers accept. */
export const STAND_INS: readonly StandIn[] = [
  { names: /FileSystem/, value: 'fs-0123456789abcdef0', standsFor: 'id of the file system that the data stack makes' },
];

/** The objects that the cluster stack applies, and which stand-ins they hold. */
export interface BootstrapObjects {
  readonly objects: { [key: string]: any }[];
  readonly used: StandIn[];
  readonly findings: string[];
}

/** Reads the objects from the templates themselves, so that they are those of the deployment and no others. */
export function bootstrapObjects(templates: readonly Template[]): BootstrapObjects {
  const used = new Set<StandIn>();
  const findings: string[] = [];
  const text = (part: unknown): string => {
    if (typeof part === 'string') return part;
    const intrinsic = JSON.stringify(part);
    const standIn = STAND_INS.find(({ names }) => names.test(intrinsic));
    if (!standIn) findings.push(`a manifest holds ${intrinsic}, for which there is no stand-in`);
    else used.add(standIn);
    return standIn?.value ?? '';
  };
  const objects = resourcesOf(templates, 'Custom::AWSCDK-EKS-KubernetesResource').flatMap((resource) => {
    const manifest: unknown = resource.Properties?.Manifest;
    const parts: unknown[] = typeof manifest === 'string' ? [manifest] : (manifest as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    return JSON.parse(parts.map(text).join('')) as { [key: string]: any }[];
  });
  return { objects, used: [...used], findings };
}
