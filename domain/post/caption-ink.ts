import { contrast, hexOf, lifted, linearOf } from '#domain/plan/color';

export interface CaptionInk {
  /** Colour of the words. */
  readonly text: string;
  /** Colour of the short bar that ties the words to the brand. */
  readonly bar: string;
  /** Shade under the words, and how opaque it is there, 0..1. */
  readonly shade: string;
  readonly shadeAlpha: number;
}

/** WCAG 2.2 AA: 4.5 : 1 for text, 3 : 1 for large text. Captions are large, yet the accent covers most of the plate. */
const AGAINST_ACCENT = 4.5;
const AGAINST_LIGHT = 3;
/** A shade thinner than this is not seen, one thicker than 0.9 is a board that hides the plate. */
const LIGHTEST_SHADE = 0.3;
const THICKEST_SHADE = 0.9;
const STEP = 0.05;

/**
 * Ink for the words of a shot from its colours (base, accent, light): the light colour on a shade of the base, just thick
 * enough that the words stand out even where the plate shows its accent or its light right behind them. A palette of one dark
 * colour leaves its light too dim for that at any thickness: then the words are lifted towards white.
 */
export function captionInk([base, accent, light]: readonly [string, string, string]): CaptionInk {
  const words = linearOf(light);
  let shadeAlpha = LIGHTEST_SHADE;
  const readable = (): boolean =>
    contrast(words, linearOf(layered(base, accent, shadeAlpha))) >= AGAINST_ACCENT &&
    contrast(words, linearOf(layered(base, light, shadeAlpha))) >= AGAINST_LIGHT;
  while (!readable() && shadeAlpha < THICKEST_SHADE) shadeAlpha = Math.round((shadeAlpha + STEP) * 100) / 100;
  const text = readable() ? light : hexOf(lifted(words, linearOf(layered(base, accent, shadeAlpha)), AGAINST_ACCENT));
  return { text, bar: accent, shade: base, shadeAlpha };
}

/** `over` at `alpha` on `under`, mixed the way a compositor does: in coded values, not in light. */
export function layered(over: string, under: string, alpha: number): string {
  const channel = (at: number): string => {
    const mixed = Number.parseInt(over.slice(at, at + 2), 16) * alpha + Number.parseInt(under.slice(at, at + 2), 16) * (1 - alpha);
    return Math.round(mixed).toString(16).padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
