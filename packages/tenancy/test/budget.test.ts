import { Quantity } from '@viridial/core';
import * as fc from 'fast-check';
import { Budget, ContainerLimits, QuotaScope, ScopedBudget, Tenancy, Tenant, TenantProps } from '../src';
import { budget as anyBudget, shares as anyShares } from './support/arbitraries';
import { KUBEADM } from './support/grounds';
import { objectOf, objectsOf } from './support/objects';
import { places, refused } from './support/refused';
import { ownWarnings } from './support/warnings';

const ENVIRONMENTS = ['dev', 'production', 'staging'];

function render(props: TenantProps, environments = ENVIRONMENTS): any[] {
  return new Tenancy({ environments, tenants: [new Tenant('shop', props)] }).render(KUBEADM).manifests;
}

function hards(manifests: any[], environments = ENVIRONMENTS): { [resource: string]: string }[] {
  return environments.map((environment) => objectOf(manifests, 'ResourceQuota', 'budget', `shop-${environment}`).spec.hard);
}

function hard(budget: Budget | undefined, environments: string[]): any[] {
  return hards(render({ budget }, environments), environments);
}

/** What the namespaces may use of a resource together. */
function total(manifests: any[], resource: string): Quantity {
  return Quantity.sum(hards(manifests).map((namespace) => Quantity.parse(namespace[resource])));
}

describe('splitting', () => {
  test('a budget is split evenly, and requests are bounded like limits', () => {
    expect(hard({ cpu: '8', memory: '16Gi' }, ['production', 'staging'])).toEqual([
      expect.objectContaining({ 'limits.cpu': '4', 'requests.cpu': '4', 'limits.memory': '8Gi', 'requests.memory': '8Gi' }),
      expect.objectContaining({ 'limits.cpu': '4', 'requests.cpu': '4', 'limits.memory': '8Gi', 'requests.memory': '8Gi' }),
    ]);
  });

  test('shares weigh the environments, whatever their scale', () => {
    for (const shares of [{ production: 3, staging: 1 }, { production: 0.75, staging: 0.25 }]) {
      const [production, staging] = hard({ cpu: '8', memory: '16Gi', pods: 100, storage: '100Gi', shares }, ['production', 'staging']);
      expect(production).toMatchObject({ 'limits.cpu': '6', 'limits.memory': '12Gi', 'pods': '75', 'requests.storage': '75Gi' });
      expect(staging).toMatchObject({ 'limits.cpu': '2', 'limits.memory': '4Gi', 'pods': '25', 'requests.storage': '25Gi' });
    }
  });

  test('what does not divide is split down to millicores and mebibytes, and the rest is not lost', () => {
    const parts = hard({ cpu: '1', memory: '10Gi', pods: 100 }, ENVIRONMENTS);
    expect(parts.map((part) => part['limits.cpu'])).toEqual(['334m', '333m', '333m']);
    expect(parts.map((part) => part['limits.memory'])).toEqual(['3414Mi', '3413Mi', '3413Mi']);
    expect(parts.map((part) => part.pods)).toEqual(['34', '33', '33']);
  });

  test('the environments of the tenancy may come in any order', () => {
    const budget = { cpu: '1', memory: '1Gi' };
    expect(JSON.stringify(render({ budget }, ['staging', 'dev', 'production']))).toBe(JSON.stringify(render({ budget }, ENVIRONMENTS)));
  });

  test('a tenant without a budget gets the default for each namespace', () => {
    for (const namespace of hard(undefined, ENVIRONMENTS)) {
      expect(namespace).toEqual({
        'configmaps': '50',
        'limits.cpu': '1',
        'limits.memory': '2Gi',
        'persistentvolumeclaims': '10',
        'pods': '30',
        'requests.cpu': '1',
        'requests.memory': '2Gi',
        'requests.storage': '10Gi',
        'secrets': '50',
        'services': '20',
        'services.loadbalancers': '0',
        'services.nodeports': '0',
      });
    }
  });

  test('any further object or resource is counted by the name that quotas have for it', () => {
    const [namespace] = hard({ cpu: '8', memory: '16Gi', objects: { 'count/jobs.batch': 6, 'requests.nvidia.com/gpu': 4 } }, ['production', 'staging']);
    expect(namespace).toMatchObject({ 'count/jobs.batch': '3', 'requests.nvidia.com/gpu': '2' });
  });

  test('for any budget and any shares the namespaces may use exactly the budget, and never more', () => {
    fc.assert(fc.property(anyBudget, fc.option(anyShares(ENVIRONMENTS), { nil: undefined }), (stated, shares) => {
      const manifests = render({ budget: { ...stated, shares } });
      const counts: [string, string | number | undefined][] = [
        ['limits.cpu', stated.cpu], ['requests.cpu', stated.cpu], ['limits.memory', stated.memory], ['requests.memory', stated.memory],
        ['requests.storage', stated.storage], ['pods', stated.pods], ['persistentvolumeclaims', stated.persistentVolumeClaims],
        ['services', stated.services], ['services.loadbalancers', stated.loadBalancers], ['services.nodeports', stated.nodePorts],
        ['configmaps', stated.configMaps], ['secrets', stated.secrets], ...Object.entries(stated.objects ?? {}),
      ];
      for (const [resource, amount] of counts.filter(([, value]) => value !== undefined)) {
        expect([resource, total(manifests, resource).compareTo(Quantity.parse(`${amount}`))]).toEqual([resource, 0]);
      }
    }), { numRuns: 150 });
  });

  test('for any budget a namespace with a greater share never gets less', () => {
    fc.assert(fc.property(anyBudget, anyShares(ENVIRONMENTS), (stated, shares) => {
      const parts = hards(render({ budget: { ...stated, shares } }));
      // the first takes what is left over by rounding
      const weights = ENVIRONMENTS.slice(1).map((environment) => shares[environment]);
      const cpu = parts.slice(1).map((part) => Quantity.parse(part['limits.cpu']));
      expect(Math.sign(cpu[0].compareTo(cpu[1])) * Math.sign(weights[0] - weights[1])).toBeGreaterThanOrEqual(0);
    }), { numRuns: 100 });
  });
});

describe('amounts of single environments', () => {
  test('are exact, and the others share what is left', () => {
    const parts = hard({ cpu: '8', memory: '16Gi', pods: 100, environments: { production: { cpu: '6', pods: 70, loadBalancers: 1 } }, loadBalancers: 1 }, ENVIRONMENTS);
    expect(parts.map((part) => [part['limits.cpu'], part['limits.memory'], part.pods, part['services.loadbalancers']])).toEqual([
      ['1', '5462Mi', '15', '0'], ['6', '5461Mi', '70', '1'], ['1', '5461Mi', '15', '0'],
    ]);
  });

  test('leave the shares of the others as they are weighed', () => {
    const budget = { cpu: '10', memory: '16Gi', shares: { dev: 1, staging: 3, production: 1 }, environments: { production: { cpu: '2' } } };
    expect(hard(budget, ENVIRONMENTS).map((part) => part['limits.cpu'])).toEqual(['2', '2', '6']);
  });

  test('may leave a part of the budget to nobody', () => {
    const parts = hard({ cpu: '8', memory: '16Gi', environments: { production: { cpu: '4' }, staging: { cpu: '1' } } }, ['production', 'staging']);
    expect(parts.map((part) => part['limits.cpu'])).toEqual(['4', '1']);
  });

  test('come on top of the defaults of the others where the budget says nothing', () => {
    expect(hard({ cpu: '8', memory: '16Gi', environments: { production: { pods: 90 } } }, ENVIRONMENTS).map((part) => part.pods)).toEqual(['30', '90', '30']);
  });

  test('count further objects in one environment alone', () => {
    const parts = hard({ cpu: '8', memory: '16Gi', environments: { production: { objects: { 'count/jobs.batch': 3 } } } }, ENVIRONMENTS);
    expect(parts.map((part) => part['count/jobs.batch'])).toEqual(['0', '3', '0']);
  });

  test('for any amounts the namespaces together may never use more than the budget', () => {
    const amounts = fc.record({ cpu: fc.integer({ min: 1, max: 9 }).map(String), memory: fc.integer({ min: 1, max: 9 }).map((gibi) => `${gibi}Gi`), pods: fc.integer({ min: 12, max: 60 }), nodePorts: fc.nat(3) }, { requiredKeys: [] });
    fc.assert(fc.property(anyBudget, fc.dictionary(fc.constantFrom(...ENVIRONMENTS), amounts, { maxKeys: 3 }), (stated, environments) => {
      const budget = { ...stated, cpu: '30', memory: '30Gi', pods: 200, nodePorts: 9, environments };
      const manifests = render({ budget });
      for (const [resource, amount] of [['limits.cpu', '30'], ['limits.memory', '30Gi'], ['pods', '200'], ['services.nodeports', '9']]) {
        expect([resource, total(manifests, resource).compareTo(Quantity.parse(amount)) <= 0]).toEqual([resource, true]);
      }
      for (const [environment, own] of Object.entries(environments)) {
        const quota = objectOf(manifests, 'ResourceQuota', 'budget', `shop-${environment}`).spec.hard;
        if (own.cpu !== undefined) expect(quota['requests.cpu']).toBe(own.cpu);
      }
    }), { numRuns: 60 });
  });

  test('that add up to more than the budget are refused with the sum', () => {
    const budget = { cpu: '8', memory: '16Gi', environments: { production: { cpu: '6' }, staging: { cpu: '2500m' } } };
    expect(refused(() => render({ budget }, ['production', 'staging'])).map(String)).toEqual([
      'tenants.shop.budget.cpu: 6 of production and 2500m of staging make 8500m, which is more than cpu 8 (BudgetExceeded); allowed: amounts of environments that add up to at most the budget; cure: raise the budget, or lower what environments have exactly',
    ]);
  });

  test('that leave too little for the others are refused, and so are amounts that are too small themselves', () => {
    const left = { cpu: '8', memory: '16Gi', environments: { production: { cpu: '7950m' } } };
    expect(refused(() => render({ budget: left }, ['production', 'staging'])).map(({ message }) => message)).toEqual(['cpu 8 over 2 namespaces leaves 50m for shop-staging']);
    const small = { cpu: '8', memory: '16Gi', environments: { production: { memory: '1Mi' } } };
    expect(places(refused(() => render({ budget: small }, ['production', 'staging'])))).toEqual(['BudgetTooSmall at tenants.shop.budget.environments.production.memory']);
  });

  test('of an environment that there is not are refused', () => {
    expect(refused(() => render({ budget: { cpu: '8', memory: '16Gi', environments: { qa: { cpu: '1' } } } }, ['production'])).map(String)).toEqual([
      'tenants.shop.budget.environments.qa: shop is in no environment qa (UnknownEnvironment); allowed: production; cure: correct the name, or take the amounts away',
    ]);
  });
});

describe('storage on the disks of nodes', () => {
  test('is bounded when somebody says so, with limits that its containers get', () => {
    const manifests = render({ budget: { cpu: '8', memory: '16Gi', ephemeralStorage: '30Gi' } }, ['production', 'staging']);
    expect(objectOf(manifests, 'ResourceQuota', 'budget', 'shop-staging').spec.hard).toMatchObject({ 'limits.ephemeral-storage': '15Gi', 'requests.ephemeral-storage': '15Gi' });
    expect(objectOf(manifests, 'LimitRange', 'container-limits', 'shop-staging').spec.limits[0]).toMatchObject({
      default: { 'ephemeral-storage': '1Gi' }, defaultRequest: { 'ephemeral-storage': '128Mi' }, max: { 'ephemeral-storage': '15Gi' },
    });
  });

  test('is not mentioned otherwise, and its limits are refused without a quota', () => {
    expect(JSON.stringify(render({}))).not.toContain('ephemeral-storage');
    expect(places(refused(() => render({ containerLimits: { maxEphemeralStorage: '1Gi' } })))).toEqual(['LimitsWithoutQuota at tenants.shop.containerLimits.maxEphemeralStorage']);
  });
});

describe('scopes', () => {
  function scoped(scopes: ScopedBudget[]): any[] {
    return objectsOf(render({ budget: { cpu: '8', memory: '16Gi', scopes } }, ['production', 'staging']), 'ResourceQuota')
      .filter(({ metadata }) => metadata.namespace === 'shop-staging' && metadata.name !== 'budget').map(({ metadata, spec }) => ({ name: metadata.name, ...spec }));
  }

  test('are quotas of their own, split like the budget', () => {
    expect(scoped([
      { scope: QuotaScope.TERMINATING, cpu: '2', memory: '4Gi', pods: 10 },
      { scope: QuotaScope.PRIORITY_CLASS, priorityClasses: ['urgent', 'batch'], pods: 4 },
      { scope: QuotaScope.CROSS_NAMESPACE_POD_AFFINITY, pods: 0 },
    ])).toEqual([
      { name: 'budget-cross-namespace-pod-affinity', hard: { pods: '0' }, scopeSelector: { matchExpressions: [{ scopeName: 'CrossNamespacePodAffinity', operator: 'Exists' }] } },
      { name: 'budget-priority-class-batch-urgent', hard: { pods: '2' }, scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['batch', 'urgent'] }] } },
      {
        name: 'budget-terminating',
        hard: { 'limits.cpu': '1', 'limits.memory': '2Gi', 'pods': '5', 'requests.cpu': '1', 'requests.memory': '2Gi' },
        scopes: ['Terminating'],
      },
    ]);
  });

  test.each<[string, ScopedBudget[], string]>([
    ['bounds nothing', [{ scope: QuotaScope.TERMINATING }], 'the scope bounds nothing (ScopeWithoutMeaning)'],
    ['bounds what it cannot', [{ scope: QuotaScope.BEST_EFFORT, cpu: '1' }], 'scope BestEffort can bound the number of pods only (ScopeWithoutMeaning)'],
    ['names no priority class', [{ scope: QuotaScope.PRIORITY_CLASS, pods: 1 }], 'the scope names no priority class (ScopeWithoutMeaning)'],
    ['names priority classes for nothing', [{ scope: QuotaScope.TERMINATING, priorityClasses: ['a'], pods: 2 }], 'scope Terminating has no priority classes'],
    ['is there twice', [{ scope: QuotaScope.TERMINATING, pods: 2 }, { scope: QuotaScope.TERMINATING, pods: 4 }], 'the scope is named by scopes[0] already (DuplicateName)'],
    ['is above the budget', [{ scope: QuotaScope.TERMINATING, memory: '17Gi' }], '17Gi for some pods is more than the 16Gi that all pods have (ScopeAboveBudget)'],
  ])('one that %s is refused', (_, scopes, message) => {
    expect(refused(() => scoped(scopes)).map(String)).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
  });
});

describe('quota and limits', () => {
  test('come together: every namespace with one has the other', () => {
    const manifests = render({});
    const namespaces = (kind: string): string[] => objectsOf(manifests, kind).map(({ metadata }) => metadata.namespace);
    expect(namespaces('LimitRange')).toEqual(namespaces('ResourceQuota'));
    expect(namespaces('LimitRange')).toHaveLength(ENVIRONMENTS.length + 1);
  });

  test('a small namespace gets smaller defaults, so that its pods are not refused', () => {
    const [limits] = objectOf(render({ budget: { cpu: '200m', memory: '300Mi' } }, ['staging']), 'LimitRange', 'container-limits', 'shop-staging').spec.limits;
    expect(limits).toEqual({
      type: 'Container', default: { cpu: '200m', memory: '300Mi' }, defaultRequest: { cpu: '100m', memory: '128Mi' }, max: { cpu: '200m', memory: '300Mi' },
    });
  });

  test('bounds that are stated are kept, and the others follow them', () => {
    const containerLimits = { maxCpu: '2', maxMemory: '256Mi', defaultCpuRequest: '50m' };
    const [limits] = objectOf(render({ budget: { cpu: '8', memory: '16Gi' }, containerLimits }, ['staging']), 'LimitRange', 'container-limits', 'shop-staging').spec.limits;
    expect(limits).toMatchObject({ default: { cpu: '500m', memory: '256Mi' }, defaultRequest: { cpu: '50m', memory: '128Mi' }, max: { cpu: '2', memory: '256Mi' } });
  });

  test('a claim is at most as large as the storage of its namespace, and nothing is said of claims where there is none', () => {
    const claims = (storage: string): any => objectOf(render({ budget: { cpu: '1', memory: '1Gi', storage } }, ['staging']), 'LimitRange', 'container-limits', 'shop-staging')
      .spec.limits.filter((limit: any) => limit.type === 'PersistentVolumeClaim');
    expect(claims('40Gi')).toEqual([{ type: 'PersistentVolumeClaim', max: { storage: '40Gi' } }]);
    expect(claims('0')).toEqual([]);
  });

  test('for any budget, request at most default at most maximum at most quota, in every namespace', () => {
    fc.assert(fc.property(anyBudget, fc.option(anyShares(ENVIRONMENTS), { nil: undefined }), (stated, shares) => {
      const manifests = render({ budget: { ...stated, shares } });
      for (const { metadata, spec } of objectsOf(manifests, 'LimitRange')) {
        const quota = objectOf(manifests, 'ResourceQuota', 'budget', metadata.namespace).spec.hard;
        const [container] = spec.limits;
        for (const resource of ['cpu', 'memory']) {
          const chain = [container.defaultRequest, container.default, container.max, { [resource]: quota[`limits.${resource}`] }].map((bound) => Quantity.parse(bound[resource]));
          expect(chain.map((bound, index) => index === 0 || chain[index - 1].compareTo(bound) <= 0)).toEqual([true, true, true, true]);
        }
      }
    }), { numRuns: 60 });
  });
});

describe('mistakes in a budget', () => {
  function mistakes(budget: Budget, containerLimits?: ContainerLimits): string[] {
    return refused(() => render({ budget, containerLimits }, ['production', 'staging'])).map(String);
  }

  test('too little to split is refused with the arithmetic', () => {
    expect(mistakes({ cpu: '150m', memory: '16Gi', pods: 1 })).toEqual([
      'tenants.shop.budget.cpu: cpu 150m over 2 namespaces leaves 75m for shop-production (BudgetTooSmall); allowed: at least 100m for each namespace; cure: raise the budget, give the namespace a greater share, or name fewer environments',
      expect.stringContaining('cpu 150m over 2 namespaces leaves 75m for shop-staging'),
      expect.stringContaining('pods 1 over 2 namespaces leaves 0 for shop-staging (BudgetTooSmall)'),
    ]);
  });

  test('too little for one namespace is said without a division', () => {
    expect(refused(() => render({ budget: { cpu: '1', memory: '64Mi' } }, ['staging'])).map(({ message }) => message)).toEqual(['memory 64Mi is all there is for shop-staging']);
  });

  test('a share of nothing is a warning, because a namespace can do without a load balancer', () => {
    const { warnings } = new Tenancy({ environments: ['production', 'staging'], tenants: [new Tenant('shop', { budget: { cpu: '8', memory: '16Gi', persistentVolumeClaims: 1 } })] });
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([['ShareIsNothing', 'persistentVolumeClaims 1 over 2 namespaces leaves 0 for shop-staging']]);
  });

  test('load balancers without node ports are a warning, because Kubernetes refuses them by default', () => {
    const { warnings } = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { budget: { cpu: '8', memory: '16Gi', loadBalancers: 2 } })] });
    expect(warnings.map(({ code }) => code)).toEqual(['LoadBalancerWithoutNodePort']);
    expect(new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { budget: { cpu: '8', memory: '16Gi', loadBalancers: 2, nodePorts: 4 } })] }).warnings).toEqual([]);
  });

  test('amounts that are none are refused', () => {
    expect(places(refused(() => render({ budget: { cpu: 'four', memory: '-1Gi', pods: 1.5, services: -1, secrets: Number.NaN } }, ['staging'])))).toEqual([
      'InvalidQuantity at tenants.shop.budget.cpu', 'NegativeBudget at tenants.shop.budget.memory', 'InvalidCount at tenants.shop.budget.pods',
      'InvalidCount at tenants.shop.budget.secrets', 'InvalidCount at tenants.shop.budget.services',
    ]);
  });

  test('objects that no quota counts are refused', () => {
    expect(mistakes({ cpu: '8', memory: '16Gi', objects: { 'pods': 3, 'count/Jobs': 1 } })).toEqual([
      expect.stringContaining('tenants.shop.budget.objects.count/Jobs: count/Jobs is not a resource that a quota counts (InvalidQuotaResource)'),
      expect.stringContaining('tenants.shop.budget.objects.pods'),
    ]);
  });

  test('shares are positive and for every environment', () => {
    expect(mistakes({ cpu: '8', memory: '16Gi', shares: { staging: 0 } })).toEqual([
      'tenants.shop.budget.shares.production: environment production has no share, although others have one (InvalidShare); allowed: numbers greater than 0, for every environment of the tenant; cure: give every environment a share, or none',
      expect.stringContaining('tenants.shop.budget.shares.staging: 0 is not a share (InvalidShare)'),
    ]);
  });

  test('bounds of containers that are out of order are refused, with the bound they break', () => {
    expect(mistakes({ cpu: '8', memory: '16Gi' }, { maxCpu: '5', defaultMemory: '10Gi', defaultCpuRequest: '600m', maxMemory: 'much' })).toEqual([
      expect.stringContaining('tenants.shop.containerLimits.defaultCpuRequest: 600m is not between 0 and the default limit of 500m (LimitOutOfBounds)'),
      expect.stringContaining('tenants.shop.containerLimits.defaultMemory: 10Gi is not between 0 and the maximum of 8Gi'),
      expect.stringContaining('tenants.shop.containerLimits.maxCpu: 5 is not between 0 and the quota of 4'),
      expect.stringContaining('tenants.shop.containerLimits.maxMemory'),
    ]);
  });

  test('a quota without limits is refused, and so are limits without a quota', () => {
    expect(refused(() => render({ bounded: false, budget: { cpu: '8', memory: '16Gi' }, containerLimits: {} })).map(String)).toEqual([
      expect.stringContaining('tenants.shop.budget: bounded is false: a quota without limits refuses every pod that names none (QuotaWithoutLimits)'),
      expect.stringContaining('tenants.shop.containerLimits: bounded is false: limits without a quota bound no namespace (LimitsWithoutQuota)'),
    ].sort());
  });

  test('no bounds at all are a warning, and leave neither quota nor limits', () => {
    const rendered = new Tenancy({ environments: ['staging'], tenants: [new Tenant('shop', { bounded: false })] }).render(KUBEADM);
    expect(ownWarnings(rendered).map(({ code }) => code)).toEqual(['Unbounded']);
    expect(rendered.files['tenants/shop/shop-staging.yaml'].map(({ kind }) => kind)).not.toContain('ResourceQuota');
    expect(rendered.files['tenants/shop/shop-staging.yaml'].map(({ kind }) => kind)).not.toContain('LimitRange');
  });
});
