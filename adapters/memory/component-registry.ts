import type { Deployment, RegisteredComponent } from '#contracts/registry';
import type { ComponentRegistry } from '#domain/ports';

/** The registry of one deployment in memory; `kept` are versions that stood here before. */
export function openMemoryComponentRegistry(deployment: Deployment, kept: readonly RegisteredComponent[] = []): ComponentRegistry {
  const bundles = new Set<string>();
  return {
    known: async () => structuredClone({ deployment, kept: [...kept, ...deployment.components], bundles }),
    addBundle: async ({ sha256 }) => void bundles.add(sha256),
  };
}
