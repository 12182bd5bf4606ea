import type * as z from 'zod';
import type { CameraMove } from '#contracts/brief';
import type { Box } from '#domain/post/layout';
import { SETTLE, travelOf } from '#domain/post/motion';

/** A shot as the product layer sees it: when, and how the camera moves. Frames of the clip. */
export interface MovingShot {
  readonly start: number;
  readonly frames: number;
  readonly camera: z.infer<typeof CameraMove>;
}

/** Half-open frame range of the clip. */
export interface Stretch {
  readonly start: number;
  readonly frames: number;
}

/** Six decimals of a pixel or a second are far below what is seen, and keep expressions of 120 shots short. */
const number = (value: number): string => String(Number(value.toFixed(6)));

/**
 * True (1) while one of the stretches is shown, by time. Limits lie half a frame before the first and the next frame: a
 * rounded time stamp never falls on the wrong side.
 */
export const shown = (stretches: readonly Stretch[], fps: number): string =>
  stretches.map(({ start, frames }) => `between(t,${number((start - 0.5) / fps)},${number((start + frames - 0.5) / fps)})`).join('+');

/**
 * Where the corners of the shown picture lie in the drawn one, as expressions of ffmpeg's `perspective` filter: the same poses
 * as `poseAt` of domain/post/motion.ts. `canvas` is the layer, `box` the product's box whose sides the shifts are shares of.
 * Sums, not nested conditions: ffmpeg refuses conditions nested a hundred deep, and a clip has up to 120 shots.
 */
export function cornerExpressions(shots: readonly MovingShot[], canvas: { width: number; height: number }, box: Box, fps: number) {
  const along = (pick: (shot: MovingShot) => readonly [number, number], unit: number): string =>
    shots
      .map((shot) => {
        const [from, to] = pick(shot);
        const slope = shot.frames > 1 ? (to - from) / (shot.frames - 1) : 0;
        const value = slope === 0 ? number(from * unit) : `(${number(from * unit)}+${number(slope * unit * 1e6)}e-6*${since(shot)})`;
        return `${during(shot)}*${value}`;
      })
      .join('+');
  const settle = shots
    .map((shot) => `${during(shot)}*${number(SETTLE.inverse)}*exp(-${since(shot)}/${number(fps * SETTLE.seconds)})`)
    .join('+');
  const inverse = `${along((shot) => travelOf(shot.camera).inverse, 1)}+${settle}`;
  const edge = (half: number, side: number, shift: string): string => `${number(half)}+(${inverse})*(${number(side)}-(${shift}))`;

  const shiftX = along((shot) => travelOf(shot.camera).shiftX, box.width);
  const shiftY = along((shot) => travelOf(shot.camera).shiftY, box.height);
  const [halfWidth, halfHeight] = [canvas.width / 2, canvas.height / 2];
  return {
    left: edge(halfWidth, -halfWidth, shiftX),
    right: edge(halfWidth, halfWidth, shiftX),
    top: edge(halfHeight, -halfHeight, shiftY),
    bottom: edge(halfHeight, halfHeight, shiftY),
  };
}

/** `on` of the perspective filter counts frames from 1. */
const since = ({ start }: Stretch): string => `(on-${start + 1})`;
const during = ({ start, frames }: Stretch): string => `between(on,${start + 1},${start + frames})`;
