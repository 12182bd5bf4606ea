import type { Component } from '#contracts/component';
import type { RenderResult } from '#contracts/review';
import { contractViolated } from '#domain/errors';

/** The components that made a clip, as the deployment knows them. */
export interface Makers {
  readonly generate: Component;
  readonly post: Component;
}

/** Finds them in the registry; an unknown one cannot be described honestly, so nothing is published under its name. */
export function makersOf({ plan }: RenderResult, registry: readonly Component[]): Makers {
  const generate = registry.find(({ id, stage }) => stage === 'generate' && id === plan.component.id);
  const post = registry.find(({ stage }) => stage === 'post');
  const known = registry.map(({ id }) => id).join(', ');
  if (!generate)
    throw contractViolated('publish', `expected the component that rendered to be one of ${known}, found ${plan.component.id}`);
  if (!post) throw contractViolated('publish', `expected a component of the post stage in the registry, found ${known}`);
  return { generate, post };
}
