/** Evaluations of the model per window: fewer are faster and coarser. The same as in models/training/sampler.py. */
export const STEPS = 8;
/** Neighbouring pixels say the same, so most of the work is at high noise; the model was trained with the same shift. */
const SHIFT = 4;

/** Noise levels before each step and after the last: from 1 (noise alone) down to 0 (the clip). */
export const noiseLevels = (steps = STEPS): number[] => Array.from({ length: steps + 1 }, (_, step) => shifted(1 - step / steps));

const shifted = (share: number): number => (SHIFT * share) / (1 + (SHIFT - 1) * share);
