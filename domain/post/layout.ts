import type { Size } from './rendered-size.ts';

/** Whole pixels, `x` and `y` from the top left corner. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** Where product and words stand to each other in one shot. */
export type Composition = 'beside' | 'below' | 'above' | 'alone';

export interface Layout {
  /** Nothing that must be read or recognised lies outside. */
  readonly safe: Box;
  readonly product: Box;
  readonly caption: Box;
  readonly logo: Box;
  readonly align: 'left' | 'centre';
  /** What is shaded so that the words can be read: reaches to the frame's edges, except on its open side. */
  readonly scrim: Scrim;
}

export interface Scrim extends Box {
  /** The side towards the product, where the shade fades out. */
  readonly open: 'top' | 'right' | 'bottom';
  /** Pixels from full shade to none. */
  readonly fade: number;
}

type Format = 'landscape' | 'square' | 'portrait';

/** Between 5:6 and 6:5 a frame reads as a square: neither column has room for words beside a product. */
const SQUARE_TO = 6 / 5;

export function formatOf({ width, height }: Size): Format {
  if (width / height > SQUARE_TO) return 'landscape';
  return height / width > SQUARE_TO ? 'portrait' : 'square';
}

/** Left, top, right and bottom edge as shares of the frame's sides. */
type Edges = readonly [number, number, number, number];

/**
 * Landscape and square: EBU R 95 keeps titles out of the outer 5 %. Portrait clips run in apps that draw their own buttons
 * over about the top 12 % and the bottom 20 %, so words stay between.
 */
const SAFE: Record<Format, Edges> = {
  landscape: [0.05, 0.05, 0.95, 0.95],
  square: [0.05, 0.05, 0.95, 0.95],
  portrait: [0.06, 0.12, 0.94, 0.8],
};

/** The logo stands still through the whole clip, so no composition of the format may reach into it. */
const LOGO: Record<Format, Edges> = {
  landscape: [0.05, 0.06, 0.2, 0.165],
  square: [0.06, 0.06, 0.32, 0.14],
  portrait: [0.06, 0.125, 0.36, 0.17],
};

type Places = { readonly product: Edges; readonly caption: Edges };

const PLACES: Record<Format, Record<Composition, Places>> = {
  landscape: {
    beside: { product: [0.48, 0.08, 0.95, 0.92], caption: [0.06, 0.3, 0.47, 0.8] },
    below: { product: [0.24, 0.06, 0.76, 0.75], caption: [0.1, 0.77, 0.9, 0.94] },
    above: { product: [0.24, 0.28, 0.76, 0.94], caption: [0.21, 0.07, 0.79, 0.26] },
    alone: { product: [0.22, 0.08, 0.78, 0.9], caption: [0.1, 0.91, 0.9, 0.95] },
  },
  square: {
    beside: { product: [0.06, 0.16, 0.94, 0.7], caption: [0.06, 0.73, 0.94, 0.94] },
    below: { product: [0.06, 0.16, 0.94, 0.7], caption: [0.06, 0.73, 0.94, 0.94] },
    above: { product: [0.06, 0.4, 0.94, 0.94], caption: [0.06, 0.16, 0.94, 0.38] },
    alone: { product: [0.08, 0.16, 0.92, 0.9], caption: [0.06, 0.91, 0.94, 0.95] },
  },
  portrait: {
    beside: { product: [0.07, 0.19, 0.93, 0.6], caption: [0.07, 0.62, 0.93, 0.79] },
    below: { product: [0.07, 0.19, 0.93, 0.6], caption: [0.07, 0.62, 0.93, 0.79] },
    above: { product: [0.07, 0.38, 0.93, 0.79], caption: [0.07, 0.19, 0.93, 0.36] },
    alone: { product: [0.05, 0.22, 0.95, 0.76], caption: [0.07, 0.77, 0.93, 0.8] },
  },
};

/** Compositions of captioned shots, in turn: neighbours differ, so a cut reads as a cut. */
const TURNS: Record<Format, readonly [Composition, ...Composition[]]> = {
  landscape: ['beside', 'below'],
  square: ['below', 'above'],
  portrait: ['below', 'above'],
};

/** A shot without words gives the whole stage to the product. */
export function compositionOf(shot: { readonly index: number; readonly caption?: string | undefined }, frame: Size): Composition {
  if (shot.caption === undefined) return 'alone';
  const turns = TURNS[formatOf(frame)];
  return turns[shot.index % turns.length] ?? turns[0];
}

/** All boxes of one composition, whole pixels on even coordinates (chroma has half the resolution). */
export function layoutOf(frame: Size, composition: Composition): Layout {
  const format = formatOf(frame);
  const { product, caption } = PLACES[format][composition];
  const beside = format === 'landscape' && composition === 'beside';
  const words = boxOf(frame, caption);
  return {
    safe: boxOf(frame, SAFE[format]),
    product: boxOf(frame, product),
    caption: words,
    logo: boxOf(frame, LOGO[format]),
    align: beside ? 'left' : 'centre',
    scrim: scrimOf(frame, words, beside ? 'right' : composition === 'above' ? 'bottom' : 'top'),
  };
}

/** A shade that fades over a fifth of the short side has no edge to be seen. */
const SCRIM_FADE = 0.2;

function scrimOf(frame: Size, words: Box, open: Scrim['open']): Scrim {
  const fade = evenDown(SCRIM_FADE * Math.min(frame.width, frame.height));
  const right = open === 'right' ? Math.min(frame.width, words.x + words.width + fade) : frame.width;
  const top = open === 'top' ? Math.max(0, words.y - fade) : 0;
  const bottom = open === 'bottom' ? Math.min(frame.height, words.y + words.height + fade) : frame.height;
  return { x: 0, y: top, width: right, height: bottom - top, open, fade };
}

function boxOf({ width, height }: Size, [left, top, right, bottom]: Edges): Box {
  const x = even(Math.ceil(left * width));
  const y = even(Math.ceil(top * height));
  return { x, y, width: Math.max(2, evenDown(right * width - x)), height: Math.max(2, evenDown(bottom * height - y)) };
}

const even = (value: number): number => Math.ceil(value / 2) * 2;
const evenDown = (value: number): number => Math.floor(value / 2) * 2;

/** Enlarging a photo more than this shows its pixels as softness; a smaller product that is crisp sells better. */
const MAX_ENLARGEMENT = 3;

/**
 * The largest size at which `picture` fits `box` in its own aspect, with `room` (at least 1) left for motion: a product that
 * grows by `room` still fits. Sides are at least one pixel.
 */
export function fitted(picture: Size, box: Size, room = 1): Size {
  const scale = Math.min(box.width / room / picture.width, box.height / room / picture.height, MAX_ENLARGEMENT);
  return { width: Math.max(1, Math.floor(picture.width * scale)), height: Math.max(1, Math.floor(picture.height * scale)) };
}

/** `size` in the middle of `box`. */
export const centred = (size: Size, box: Box): Box => ({
  x: box.x + Math.floor((box.width - size.width) / 2),
  y: box.y + Math.floor((box.height - size.height) / 2),
  ...size,
});
