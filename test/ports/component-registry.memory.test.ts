import { openMemoryComponentRegistry } from '#adapters/memory/component-registry';
import { componentRegistrySuite } from './component-registry.suite.ts';

componentRegistrySuite('the registry of components in memory', async () => {
  const rows = { versions: new Map(), bundles: new Set<string>() };
  return async (deployment) => openMemoryComponentRegistry(deployment, rows);
});
