import { type MicroUsd, microUsd } from '#contracts/money';
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

export interface StoppedBrief {
  /** Length of the clip in seconds. */
  readonly clipSeconds: number;
  readonly tier: 'preview' | 'final';
  /** The component that would have rendered, with or without its version. */
  readonly motion: string;
}

/**
 * What the GPUs would have cost: an estimate, at spot prices, of the final render alone, without its preview, retries and other stages. It
 * is rather too small than too large, and it is no cost: it never enters a sum of what was spent.
 */
export function gpuCostAvoided({ clipSeconds, tier, motion }: StoppedBrief): MicroUsd {
  const rate = GPU_SECONDS_PER_RENDERED_SECOND[motion.split('@')[0] ?? motion] ?? 0;
  return microUsd(tier === 'final' ? clipSeconds * rate * PRICES['gpu-spot'].microUsd : 0);
}
