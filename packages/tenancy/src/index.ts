export * from './budget';
export * from './container-limits';
export * from './rendered-tenancy';
export * from './role';
export * from './shared-namespace-settings';
export * from './tenancy';
export * from './tenancy-chart';
export * from './tenant';
