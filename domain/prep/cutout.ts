import type { Raster } from '#domain/ports';
import { foregroundColors } from './foreground.ts';
import { type Plane, plane } from './plane.ts';

/** Under this a pixel shows nothing a person could see. */
const VISIBLE = 2 / 255;
/** Room around the product, in pixels, so that scaling it later has something transparent to blend its edge with. */
const MARGIN = 2;

/**
 * The product alone: RGBA, cropped to its bounding box, its edge colours freed of the background they were mixed with. Where nothing
 * shows, the colour of the nearest product is kept under alpha 0, so that no pixel of the background travels on and a resizer that
 * ignores alpha draws no dark fringe. A mask that shows nothing gives the whole photo: a person is asked about it anyway.
 */
export function cutOut(photo: Raster, mask: Plane): Raster {
  const box = boundingBox(mask);
  if (!box) return cutOut(photo, { ...mask, data: new Float32Array(mask.data.length).fill(1) });
  const alpha = crop(mask, box);
  const colors = foregroundColors(cropColors(photo, box), alpha);
  const data = new Uint8Array(box.width * box.height * 4);
  for (let i = 0; i < box.width * box.height; i++) {
    for (let channel = 0; channel < 3; channel++) data[i * 4 + channel] = Math.round(colors[channel]!.data[i]! * 255);
    data[i * 4 + 3] = Math.round(alpha.data[i]! * 255);
  }
  return { width: box.width, height: box.height, channels: 4, data };
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest box around everything visible, with its margin, inside the photo. */
export function boundingBox({ width, height, data }: Plane): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! < VISIBLE) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  if (right < 0) return undefined;
  left = Math.max(0, left - MARGIN);
  top = Math.max(0, top - MARGIN);
  return { left, top, width: Math.min(width, right + 1 + MARGIN) - left, height: Math.min(height, bottom + 1 + MARGIN) - top };
}

function crop(from: Plane, box: Box): Plane {
  const out = plane(box.width, box.height);
  for (let y = 0; y < box.height; y++) {
    const start = (box.top + y) * from.width + box.left;
    out.data.set(from.data.subarray(start, start + box.width), y * box.width);
  }
  return out;
}

function cropColors({ data, channels, width }: Raster, box: Box): [Plane, Plane, Plane] {
  const channel = (offset: number): Plane => {
    const out = plane(box.width, box.height);
    for (let y = 0; y < box.height; y++)
      for (let x = 0; x < box.width; x++)
        out.data[y * box.width + x] = data[((box.top + y) * width + box.left + x) * channels + offset]! / 255;
    return out;
  };
  return [channel(0), channel(1), channel(2)];
}
