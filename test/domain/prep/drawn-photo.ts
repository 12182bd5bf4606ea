import type { Raster } from '#domain/ports';
import { type Plane, plane } from '#domain/prep/plane';

type Rgb = readonly [number, number, number];

/** Share of the pixel at (x, y) that a disc covers, by 4 x 4 samples: what a camera would record at its edge. */
export function discAlpha(width: number, height: number, disc: { x: number; y: number; radius: number }): Plane {
  const out = plane(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let inside = 0;
      for (let step = 0; step < 16; step++) {
        const [dx, dy] = [x + ((step % 4) + 0.5) / 4 - disc.x, y + (Math.floor(step / 4) + 0.5) / 4 - disc.y];
        if (dx * dx + dy * dy <= disc.radius ** 2) inside++;
      }
      out.data[y * width + x] = inside / 16;
    }
  return out;
}

/** A photo of one colour in front of another. */
export function composed(alpha: Plane, front: Rgb, back: Rgb): Raster {
  const data = new Uint8Array(alpha.data.length * 4);
  alpha.data.forEach((share, i) => {
    for (let channel = 0; channel < 3; channel++)
      data[i * 4 + channel] = Math.round(front[channel]! * share + back[channel]! * (1 - share));
    data[i * 4 + 3] = 255;
  });
  return { width: alpha.width, height: alpha.height, channels: 4, data };
}
