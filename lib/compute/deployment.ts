import type { Component } from '#contracts/component';
import { Deployment } from '#contracts/registry';
import { hostedIn, isWorker } from '../components.ts';
import type { Config } from '../config.ts';

/** What the doors must know of the components that were deployed with them. */
export function deploymentOf(components: readonly Component[], { defaultMotion, licences }: Config): Deployment {
  const motion = components.filter(({ role }) => role === 'motion').map(({ id }) => id);
  if (!motion.includes(defaultMotion))
    throw new Error(`defaultMotion in lib/config.ts: expected one of ${motion.join(', ')}, found ${defaultMotion}`);
  return Deployment.parse({
    schema: 'framewright/deployment/v1',
    defaultMotion,
    licences,
    components: components.filter(isWorker).map((component) => ({ component, companions: hostedIn(component, components) })),
  });
}
