import type { PlanDocument, Shot } from '#contracts/plan';
import { ditherTile } from '../pixels/dither.ts';
import { viewAt } from './camera.ts';
import { colorMix, videoField } from './color-mix.ts';
import { enlarger } from './enlarge.ts';
import { fieldFor } from './field.ts';
import { painters } from './motifs/index.ts';

/**
 * Draws frames of one shot into a yuv420p buffer. Frame `n` depends on the shot and `n` alone, never on the window it is
 * asked for in: overlapping windows agree to the bit, and so do two workers.
 */
export function platePainter(shot: Shot, plate: PlanDocument['plate'], fps: number): { frame: Uint8Array; paint: (n: number) => void } {
  const field = fieldFor(plate);
  const paintMotif = painters[shot.motif](shot.seed);
  const mixColors = colorMix(shot.colors, field);
  const video = videoField(field);
  const noise = ditherTile(shot.seed);
  const half = { width: plate.width / 2, height: plate.height / 2 };
  const enlargeLuma = enlarger(field, plate, noise);
  const enlargeChroma = enlarger(field, half, noise);

  const lumaBytes = plate.width * plate.height;
  const chromaBytes = half.width * half.height;
  const frame = new Uint8Array(lumaBytes + 2 * chromaBytes);
  const luma = frame.subarray(0, lumaBytes);
  const blue = frame.subarray(lumaBytes, lumaBytes + chromaBytes);
  const red = frame.subarray(lumaBytes + chromaBytes);

  return {
    frame,
    paint(n) {
      paintMotif(field, n / fps, viewAt(shot.camera, n / Math.max(1, shot.frames - 1)));
      mixColors(field, video);
      enlargeLuma(video.luma, luma);
      enlargeChroma(video.blue, blue);
      enlargeChroma(video.red, red);
    },
  };
}
