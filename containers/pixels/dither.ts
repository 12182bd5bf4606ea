import { chance } from './seeded-noise.ts';

/** Side of the tile, a power of two: large enough that its repetition cannot be seen at an amplitude of half a code. */
const SIZE = 64;

/**
 * High-passed seeded noise, evenly spread over -0.5..0.5. It does not change from frame to frame: moving grain would cost the
 * encoder more bits than the picture, and at half a code nobody can see that it stands still.
 */
export function ditherTile(seed: number): { size: number; tile: Float32Array } {
  const white = Float32Array.from({ length: SIZE * SIZE }, (_, place) => chance(seed, place));
  const at = (x: number, y: number): number => white[((y + SIZE) % SIZE) * SIZE + ((x + SIZE) % SIZE)] ?? 0;
  const sharp = Float32Array.from({ length: SIZE * SIZE }, (_, place) => {
    const x = place % SIZE;
    const y = Math.floor(place / SIZE);
    return at(x, y) - (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1)) / 4;
  });
  // Ranks are evenly spread by definition, whatever the filter did to the histogram.
  const order = [...sharp.keys()].sort((a, b) => (sharp[a] ?? 0) - (sharp[b] ?? 0) || a - b);
  const tile = new Float32Array(SIZE * SIZE);
  order.forEach((place, rank) => {
    tile[place] = (rank + 0.5) / order.length - 0.5;
  });
  return { size: SIZE, tile };
}
