import type * as z from 'zod';
import type { TemplateId } from '#contracts/brief';

/**
 * Colour grade of the plate, applied before the product is laid over it: a brand's red stays that red. All numbers are
 * plain look-up tables on Y, U and V, which cost one table access a byte; the same in RGB would convert every frame twice.
 */
export interface Grade {
  /** 0..1: how far luma bends from a straight line to the smoothstep curve (deeper shadows, brighter lights). */
  readonly curve: number;
  /** Factor on both colour differences. */
  readonly saturation: number;
  /** Added to U and V, in 8-bit steps: minus U and plus V is warm. */
  readonly shift: { readonly u: number; readonly v: number };
  /** Opacity of the darkened corners, 0..1. */
  readonly vignette: number;
}

export const grades: Readonly<Record<z.infer<typeof TemplateId>, Grade>> = {
  'product-hero': { curve: 0.3, saturation: 1.12, shift: { u: -1, v: 1 }, vignette: 0.45 },
  'low-risk-loop': { curve: 0.15, saturation: 1, shift: { u: 0, v: 0 }, vignette: 0.25 },
};

/** Video range: black is 16, white 235, colour differences are centred on 128. */
const BLACK = 16;
const WHITE = 235;
const NEUTRAL = 128;

export function gradedLuma(value: number, { curve }: Grade): number {
  const v = Math.min(1, Math.max(0, (value - BLACK) / (WHITE - BLACK)));
  return BLACK + (WHITE - BLACK) * ((1 - curve) * v + curve * v * v * (3 - 2 * v));
}

export const gradedChroma = (value: number, shift: number, { saturation }: Grade): number =>
  Math.min(240, Math.max(BLACK, NEUTRAL + (value - NEUTRAL) * saturation + shift));
