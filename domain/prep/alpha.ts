import type { Raster } from '#domain/ports';

/** Bytes under this are see-through, over 255 minus this are solid. */
const NEARLY = 16;
/** A cutout leaves at least this share of the picture see-through; less is a rounded corner or a stray pixel. */
const LEAST_CLEAR = 0.02;
/** And shows at least this share; less is an empty layer. */
const LEAST_SOLID = 0.005;
/** A picture that is mostly half transparent is a fade or a watermark, not a cutout. */
const MOST_BETWEEN = 0.3;

/** Whether somebody has already cut the product out: the alpha channel says so better than a network could. */
export function hasMeaningfulAlpha({ data, channels }: Raster): boolean {
  if (channels !== 4) return false;
  const pixels = data.length / 4;
  let clear = 0;
  let solid = 0;
  for (let at = 3; at < data.length; at += 4) {
    if (data[at]! < NEARLY) clear++;
    else if (data[at]! > 255 - NEARLY) solid++;
  }
  return clear >= pixels * LEAST_CLEAR && solid >= pixels * LEAST_SOLID && pixels - clear - solid <= pixels * MOST_BETWEEN;
}

/** The picture without alpha, on white or on another grey (0..255). */
export function flattened({ width, height, data, channels }: Raster, ground = 255): Raster {
  const out = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const alpha = channels === 4 ? data[i * channels + 3]! / 255 : 1;
    for (let channel = 0; channel < 3; channel++)
      out[i * 3 + channel] = Math.round(data[i * channels + (channels === 1 ? 0 : channel)]! * alpha + ground * (1 - alpha));
  }
  return { width, height, channels: 3, data: out };
}
