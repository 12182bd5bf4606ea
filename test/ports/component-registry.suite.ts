import { describe, expect, it } from 'vitest';
import type { Deployment, RegisteredComponent } from '#contracts/registry';
import type { ComponentRegistry } from '#domain/ports';
import { deployment, deploymentOf } from '../domain/plan/known-components.ts';

/** What every registry promises. `open` opens the same rows again and again, as one deployment after another does. */
export function componentRegistrySuite(name: string, open: () => Promise<(deployed: Deployment) => Promise<ComponentRegistry>>): void {
  const versions = (kept: readonly RegisteredComponent[]) =>
    kept.map(({ component }) => `${component.id}@${component.version}`).sort((one, other) => one.localeCompare(other));

  describe(name, () => {
    it('knows what was deployed, whole', async () => {
      const registry = await (await open())(deployment);
      const known = await registry.known();
      expect(known.deployment).toEqual(deployment);
      expect(known.kept.find(({ component }) => component.id === 'animatic')).toEqual(deployment.components[0]);
      expect([...known.bundles]).toEqual([]);
    });

    it('keeps the versions of earlier deployments, each once', async () => {
      const deploy = await open();
      for (const version of ['1.0.0', '2.0.0', '2.0.0']) await (await deploy(deploymentOf(version))).known();
      const { kept, deployment: now } = await (await deploy(deploymentOf('2.0.0'))).known();
      expect(versions(kept)).toEqual(['animatic@1.0.0', 'animatic@2.0.0', 'post@1.0.0']);
      expect(now).toEqual(deploymentOf('2.0.0'));
    });

    it('remembers registered weights, however often it is told', async () => {
      const registry = await (await open())(deployment);
      for (const _ of [1, 2]) await registry.addBundle({ sha256: 'b'.repeat(64), bytes: 10 });
      expect([...(await registry.known()).bundles]).toEqual(['b'.repeat(64)]);
    });
  });
}
