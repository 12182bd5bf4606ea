import { type Component, refText } from '#contracts/component';
import type { JobComponents } from '#contracts/registry';
import type { RenderResult } from '#contracts/review';
import { contractViolated } from '#domain/errors';

/** The components that made a clip, in the versions that made it. */
export interface Makers {
  readonly generate: Component;
  readonly post: Component;
  /** What ran inside them: denoise, upsample, audio. */
  readonly companions: readonly Component[];
}

/** A clip whose makers are not those of its job cannot be described honestly, so nothing is published in their name. */
export function makersOf({ plan }: RenderResult, components: JobComponents | undefined): Makers {
  if (!components) throw contractViolated('publish', 'expected the components of this job beside its plan, found none');
  const { motion, composite } = components;
  const made = [plan.component, plan.workers.post].map(refText).join(' and ');
  const chosen = [motion.component, composite.component].map(refText).join(' and ');
  if (made !== chosen) throw contractViolated('publish', `expected a clip made by ${chosen}, as its job chose, found one made by ${made}`);
  return { generate: motion.component, post: composite.component, companions: [...motion.companions, ...composite.companions] };
}
