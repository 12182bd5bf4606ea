/** Evaluations of the model per window: fewer are faster and coarser. The same as in models/training/sampler.py. */
export const STEPS = 6;
/** Neighbouring pixels say the same, so most of the work is at high noise. */
const SHIFT = 6;
/**
 * What the words add to the picture is taken this many times (classifier-free guidance, arXiv 2207.12598), in the first steps, which decide what is
 * shown; each such step costs two evaluations. On 24 clips of unseen combinations it raised the share of recognized motifs from 0.46 to 0.62.
 */
export const GUIDANCE = 3;
export const GUIDED_STEPS = 3;

/** Noise levels before each step and after the last: from 1 (noise alone) down to 0 (the clip). */
export const noiseLevels = (steps = STEPS): number[] => Array.from({ length: steps + 1 }, (_, step) => shifted(1 - step / steps));

const shifted = (share: number): number => (SHIFT * share) / (1 + (SHIFT - 1) * share);
