import type { Tier } from '#contracts/stages';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Half the sides is a quarter of the pixels: a preview encodes in about a quarter of the time of its final. */
const PREVIEW_DIVISOR = 2;
/** The smallest side a clip may have (contracts/brief.ts). */
const MIN_SIDE = 128;

/**
 * Size of the encoded clip, in pixels, both sides even (4:2:0 chroma has half of each). The final is what was asked for; the
 * preview is half of it, unless a side would get shorter than 128 pixels: then it stays whole.
 */
export function renderedSize<Output extends Size>(output: Output, tier: Tier): Output {
  const half = (side: number): number => Math.round(side / PREVIEW_DIVISOR / 2) * 2;
  const small = { width: half(output.width), height: half(output.height) };
  return tier === 'final' || Math.min(small.width, small.height) < MIN_SIDE ? output : { ...output, ...small };
}
