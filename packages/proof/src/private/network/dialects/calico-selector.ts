import { Labels } from '@viridial/core';
import { Alternatives, both, negate, readExpression, SelectorFault } from './calico-expression';
import { Shape } from '../../shape';
import { PodSelection } from '../policy';
import { Requirement, Selector } from '../selector';

const NAMESPACE = 'projectcalico.org/namespace';
const NAMESPACE_LABEL = 'pcns.';
const ORCHESTRATOR = 'projectcalico.org/orchestrator';
const NAME_OF_NAMESPACE = 'projectcalico.org/name';

/** Labels of service accounts, which pods have in Calico. */
const OF_SERVICE_ACCOUNTS = /^(pcsa\.|projectcalico\.org\/serviceaccount$)/;

/** Requirements about pods, apart from those about their namespaces. */
interface Parts {
  readonly namespaces: readonly Requirement[];
  readonly pods: readonly Requirement[];
}

/** The fields of Calico that say which pods are meant. */
export interface SelectorFields {
  /** Field with the labels of pods. */
  readonly selector: string;

  /** The namespace whose pods are meant when nothing else is said; absent for all. */
  readonly home: string | undefined;
}

/**
 * The pods that selectors of an object mean.
 *
 * @returns nothing when a selector is not read, which is then a problem
 */
export function readPods(shape: Shape, { selector, home }: SelectorFields): PodSelection[] | undefined {
  const pods = alternatives(shape, selector);
  const namespaces = shape.text('namespaceSelector') ? alternatives(shape, 'namespaceSelector') : homeOf(home);
  const not = alternatives(shape, 'notSelector', []);
  if (pods === undefined || namespaces === undefined || not === undefined) return undefined;
  try {
    const wanted = both(pods, negate(not)).flatMap((own) => split(shape, selector, own));
    if (wanted.includes(undefined)) return undefined;
    const named = (key: string) => (key === NAME_OF_NAMESPACE ? Labels.NAMESPACE_NAME : key);
    const places = namespaces.map((own) => own.map((requirement) => ({ ...requirement, key: named(requirement.key) })));
    return wanted.flatMap((own) => places.map((place) => ({
      namespaces: Selector.ofRequirements([...place, ...own!.namespaces]),
      pods: Selector.ofRequirements([...own!.pods]),
    })));
  } catch (error) {
    if (!(error instanceof SelectorFault)) throw error;
    shape.unread(selector, `the selectors are not read: ${error.message}`, 'a simpler selector');
    return undefined;
  }
}

function homeOf(home: string | undefined): Alternatives {
  return home === undefined ? [[]] : [[{ key: Labels.NAMESPACE_NAME, operator: 'In', values: [home] }]];
}

/** The alternatives of a field; everything when it is not there. */
function alternatives(shape: Shape, field: string, absent: Alternatives = [[]]): Alternatives | undefined {
  const text = shape.text(field);
  if (text === undefined || text === '') return absent;
  const read = readExpression(text);
  if (!('fault' in read)) return read;
  shape.wrong(field, `the selector is none: ${read.fault}`, 'a selector of Calico: has(a) && b in {\'c\', \'d\'}');
  return undefined;
}

/**
 * Labels of a pod as Calico has them, apart from those of its namespace.
 *
 * @returns nothing, in the list, for a label that is not read; an empty list when nobody can fulfil the requirements
 */
function split(shape: Shape, field: string, requirements: readonly Requirement[]): (Parts | undefined)[] {
  const namespaces: Requirement[] = [];
  const pods: Requirement[] = [];
  for (const requirement of requirements) {
    const { key } = requirement;
    if (OF_SERVICE_ACCOUNTS.test(key)) {
      shape.unread(field, `the label ${key} is not read`, 'labels of pods and namespaces');
      return [undefined];
    }
    if (key === NAMESPACE) namespaces.push({ ...requirement, key: Labels.NAMESPACE_NAME });
    else if (key.startsWith(NAMESPACE_LABEL)) namespaces.push({ ...requirement, key: key.slice(NAMESPACE_LABEL.length) });
    else if (key !== ORCHESTRATOR) pods.push(requirement);
    else if (!Selector.ofRequirements([requirement]).matches({ [ORCHESTRATOR]: 'k8s' })) return [];
  }
  return [{ namespaces, pods }];
}
