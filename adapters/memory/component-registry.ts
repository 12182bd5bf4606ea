import { refText } from '#contracts/component';
import type { Deployment, RegisteredComponent } from '#contracts/registry';
import type { ComponentRegistry } from '#domain/ports';

/** What outlives a deployment: every version that stood here, and the hashes of registered weights. */
export interface RegistryRows {
  readonly versions: Map<string, RegisteredComponent>;
  readonly bundles: Set<string>;
}

/** The registry in memory; two deployments that are given the same rows follow each other. */
export function openMemoryComponentRegistry(
  deployment: Deployment,
  rows: RegistryRows = { versions: new Map(), bundles: new Set() },
): ComponentRegistry {
  return {
    async known() {
      for (const entry of deployment.components) rows.versions.set(refText(entry.component), entry);
      return structuredClone({ deployment, kept: [...rows.versions.values()], bundles: rows.bundles });
    },
    addBundle: async ({ sha256 }) => void rows.bundles.add(sha256),
  };
}
