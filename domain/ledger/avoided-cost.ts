import type { Brief } from '#contracts/brief';
import { type MicroUsd, microUsd } from '#contracts/money';
import { stageOf, VISITS, type Visit } from '#contracts/stages';
import { motionPin } from '#domain/plan/choose-component';
import { PRICES } from './price-list.ts';

/**
 * Seconds of a GPU machine for one rendered second of a final clip, as estimated in bench/measured (a test compares). Components that draw on
 * CPUs are not here: stopping them saves no GPU.
 */
export const GPU_SECONDS_PER_RENDERED_SECOND: Readonly<Record<string, number>> = {
  'wan22-ti2v-5b': 145,
  'fastwan22-ti2v-5b': 27,
  'wan21-vace-1-3b': 75,
};

/** What the job would have rendered: its accepted brief, its template's pin and the deployment's own choice. */
export interface Stopped {
  readonly brief: Pick<Brief, 'tier' | 'components'> & { readonly storyboard: readonly Pick<Brief['storyboard'][number], 'seconds'>[] };
  readonly template: Parameters<typeof motionPin>[1];
  readonly defaultMotion: string;
  /** Where safety or a person refused. */
  readonly visit: Visit;
}

/** Whether a refusal there comes before any machine rendered the final. An asset that cannot be read (`prep`) was not stopped: it failed. */
export const isBeforeFinal = (visit: Visit): boolean =>
  ['safety', 'review'].includes(stageOf(visit)) && VISITS.indexOf(visit) < VISITS.indexOf('generate:final');

/**
 * What the GPUs would have cost: an estimate, at spot prices, of the final render alone, without its preview, retries and other stages. It
 * is rather too small than too large, and it is no cost: it never enters a sum of what was spent.
 */
export function gpuCostAvoided({ brief, template, defaultMotion, visit }: Stopped): MicroUsd {
  if (brief.tier !== 'final' || !isBeforeFinal(visit)) return microUsd(0);
  const motion = motionPin(brief, template) ?? defaultMotion;
  const rate = GPU_SECONDS_PER_RENDERED_SECOND[motion.split('@')[0] ?? motion] ?? 0;
  const clipSeconds = brief.storyboard.reduce((sum, { seconds }) => sum + seconds, 0);
  return microUsd(clipSeconds * rate * PRICES['gpu-spot'].microUsd);
}
