import { ditherTile } from '../pixels/dither.ts';
import type { Canvas } from './canvas.ts';
import { fitter } from './fit.ts';

/** Luma of BT.709, of red, green and blue as they are stored. */
const [RED, GREEN, BLUE] = [0.2126, 0.7152, 0.0722] as const;
/** Codes of video range for values -1..1, by BT.709. */
const LUMA = { offset: 16 + 219 / 2, scale: 219 / 2, most: 235 };
const BLUENESS = { offset: 128, scale: 112 / 1.8556, most: 240 };
const REDNESS = { offset: 128, scale: 112 / 1.5748, most: 240 };

/**
 * Turns pictures (red, green, blue planes, -1..1) into yuv420p frames of the plate: BT.709, video range. The dither stands still and is the
 * same for a whole shot, so equal pictures are equal bytes. The frame is used again for the next picture.
 */
export function videoPlanes(from: Canvas, plate: Canvas, seed: number): (picture: Float32Array) => Uint8Array {
  const area = from.width * from.height;
  const half = { width: plate.width / 2, height: plate.height / 2 };
  const fitLuma = fitter(from, plate);
  const fitDark = fitter(from, half, plate);
  const fitRed = fitter(from, half, plate);
  const fitBlue = fitter(from, half, plate);
  const { size, tile } = ditherTile(seed);

  const bytes = plate.width * plate.height;
  const frame = new Uint8Array(bytes * 1.5);
  const chroma = half.width * half.height;
  const bright = new Float32Array(area);
  const nothing = new Float32Array(bytes);

  /** Writes `offset + scale * (plane - minus)` with dither, rounded, inside video range. */
  const write = (
    into: Uint8Array,
    width: number,
    range: { offset: number; scale: number; most: number },
    plane: Float32Array,
    minus: Float32Array,
  ) => {
    const { offset, scale, most } = range;
    for (let at = 0, y = 0; at < into.length; y++) {
      const grain = (y % size) * size;
      for (let x = 0; x < width; x++, at++) {
        let code = (offset + scale * (plane[at]! - minus[at]!) + tile[grain + (x & (size - 1))]! + 0.5) | 0;
        if (code < 16) code = 16;
        else if (code > most) code = most;
        into[at] = code;
      }
    }
  };

  return (picture) => {
    const red = picture.subarray(0, area);
    const green = picture.subarray(area, 2 * area);
    const blue = picture.subarray(2 * area, 3 * area);
    for (let at = 0; at < area; at++) bright[at] = RED * red[at]! + GREEN * green[at]! + BLUE * blue[at]!;

    write(frame.subarray(0, bytes), plate.width, LUMA, fitLuma(bright), nothing);
    const dark = fitDark(bright);
    write(frame.subarray(bytes, bytes + chroma), half.width, BLUENESS, fitBlue(blue), dark);
    write(frame.subarray(bytes + chroma), half.width, REDNESS, fitRed(red), dark);
    return frame;
  };
}
