import type * as z from 'zod';
import type { ProductMask } from '#contracts/prep';
import type { Plane } from './plane.ts';

type Mask = z.infer<typeof ProductMask>;

/** Under a tenth a pixel is clearly background, over nine tenths clearly product. */
const CLEAR = 0.1;
/**
 * Shares of the photo a product plausibly covers: full plausibility inside, none at the outer ends. Under half a percent the network
 * found a speck; a photo that is product from edge to edge has usually been mistaken for its background.
 */
const COVERAGE = { none: 0.005, from: 0.04, to: 0.75, all: 0.97 } as const;
/** A product may be cut by the border (a bottle on a table), but one that fills over half of the border is a background. */
const BORDER = { from: 0.35, all: 0.85 } as const;
/** Masks under this go to a person; docs/stages/prep.md holds the photos it was chosen on. */
export const LEAST_CONFIDENCE = 0.75;

/** How much of the photo the mask covers and how sure of it we are. */
export function judgeMask(mask: Plane, source: Mask['source']): Mask {
  let clear = 0;
  let covered = 0;
  for (const value of mask.data) {
    if (value <= CLEAR || value >= 1 - CLEAR) clear++;
    covered += value;
  }
  const coverage = covered / mask.data.length;
  const plausible =
    ramp(COVERAGE.none, COVERAGE.from, coverage) *
    (1 - ramp(COVERAGE.to, COVERAGE.all, coverage)) *
    (1 - ramp(BORDER.from, BORDER.all, borderShare(mask)));
  return { source, confidence: round((clear / mask.data.length) * plausible), coverage: round(coverage) };
}

/** Whether a person should look at the cutout before money is spent on it. */
export const maskNeedsReview = (mask: Mask): boolean => mask.confidence < LEAST_CONFIDENCE;

/** Share of the outermost pixels that the mask covers. */
function borderShare({ width, height, data }: Plane): number {
  let covered = 0;
  for (let x = 0; x < width; x++) covered += data[x]! + data[(height - 1) * width + x]!;
  for (let y = 0; y < height; y++) covered += data[y * width]! + data[y * width + width - 1]!;
  return covered / (2 * (width + height));
}

const ramp = (from: number, to: number, value: number): number => Math.min(1, Math.max(0, (value - from) / (to - from)));
/** Four digits are more than the measure is worth, and keep messages short. */
const round = (value: number): number => Math.round(value * 1e4) / 1e4;
