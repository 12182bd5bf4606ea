import { contrast, deepened, hexOf, type Linear, lifted, linearOf, luminance } from './color.ts';

/** WCAG 2.2 AA for text: the light color is also what captions are written in. */
export const LIGHT_CONTRAST = 4.5;
/** WCAG 2.2 AA for graphics that must be told apart from what is next to them. */
export const ACCENT_CONTRAST = 3;
/** A backdrop darker than this leaves room for LIGHT_CONTRAST twice over: (1 + 0.05) / (0.07 + 0.05) = 8.75. */
const BASE_LUMINANCE = 0.07;

/**
 * Base, accent and light of one shot. The base is the palette's deepest color, deepened to a stage; accents are the other
 * brand colors in turn, so neighbouring shots differ and stay on brand; colors of the photo step in when the brand names
 * only one.
 */
export function shotColors(palette: readonly string[], photoPalette: readonly string[], shot: number): [string, string, string] {
  const brand = palette.map(linearOf);
  const darkest = brand.reduce((best, color) => (luminance(color) < luminance(best) ? color : best));
  const brightest = brand.reduce((best, color) => (luminance(color) > luminance(best) ? color : best));
  const base = deepened(darkest, BASE_LUMINANCE);

  const others = brand.filter((color) => color !== darkest);
  const reserve = photoPalette.map(linearOf).filter((color) => contrast(color, base) > 1.5);
  const accents: readonly Linear[] = others.length > 0 ? others : [darkest, ...reserve];
  const accent = accents[shot % accents.length] ?? darkest;
  return [hexOf(base), hexOf(lifted(accent, base, ACCENT_CONTRAST)), hexOf(lifted(brightest, base, LIGHT_CONTRAST))];
}
