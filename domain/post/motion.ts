import type * as z from 'zod';
import type { CameraMove } from '#contracts/brief';

/** Where the product stands in its box at one moment. */
export interface Pose {
  /** Size against the size it was drawn at. */
  readonly scale: number;
  /** Offset from the middle of the box as a share of the box's sides; positive is right and down. */
  readonly shiftX: number;
  readonly shiftY: number;
}

/**
 * Size of the picture's source per pixel shown, so 1 / scale, and the offset, both linear in time: a camera that eases in
 * and out stops before every cut, one that keeps its speed feels like one movement seen through the edit.
 */
export interface Travel {
  readonly inverse: readonly [from: number, to: number];
  readonly shiftX: readonly [from: number, to: number];
  readonly shiftY: readonly [from: number, to: number];
}

type Move = z.infer<typeof CameraMove>;

/** A product that grows by 8 % in a shot is felt, not noticed; the plate behind it carries the larger movement. */
const NEAR = 1.08;
/** A still product on a moving plate looks pasted; 2 % in a shot is enough to tie it to the scene. */
const BREATH = 1.02;
/** Share of the box a pan travels to either side. */
const SWING = 0.03;

const still = [0, 0] as const;
const push = (from: number, to: number): readonly [number, number] => [1 / from, 1 / to];

/** The product moves against the camera: a camera that pans left sees it go right. */
const TRAVELS: Record<Move, Travel> = {
  static: { inverse: push(1, BREATH), shiftX: still, shiftY: still },
  'push-in': { inverse: push(1, NEAR), shiftX: still, shiftY: still },
  'pull-out': { inverse: push(NEAR, 1), shiftX: still, shiftY: still },
  'pan-left': { inverse: push(1, BREATH), shiftX: [-SWING, SWING], shiftY: still },
  'pan-right': { inverse: push(1, BREATH), shiftX: [SWING, -SWING], shiftY: still },
  'tilt-up': { inverse: push(1, BREATH), shiftX: still, shiftY: [-SWING, SWING] },
  'tilt-down': { inverse: push(1, BREATH), shiftX: still, shiftY: [SWING, -SWING] },
  orbit: { inverse: push(1, (1 + NEAR) / 2), shiftX: [SWING, -SWING], shiftY: [SWING / 3, -SWING / 3] },
};

/** How much larger than the drawn product its box must be so that no move leaves the box; see the property test. */
export const ROOM = NEAR / (1 - 2 * SWING);

/** A product arrives 6 % smaller and settles: after a third of a second two thirds of that are gone. */
export const SETTLE = { inverse: 0.06, seconds: 0.3 } as const;

/** The part of its box that a drawn product can reach in any move, in whole even pixels. */
export function swept(
  drawn: { readonly width: number; readonly height: number },
  box: { readonly width: number; readonly height: number },
) {
  const side = (product: number, room: number): number => Math.ceil((product * NEAR + 2 * SWING * room) / 2) * 2;
  return { width: side(drawn.width, box.width), height: side(drawn.height, box.height) };
}

export const travelOf = (move: Move): Travel => TRAVELS[move];

/** The pose at `frame` (0-based) of a shot of `frames` frames. */
export function poseAt(move: Move, frame: number, frames: number, fps: number): Pose {
  const { inverse, shiftX, shiftY } = TRAVELS[move];
  const along = frames > 1 ? frame / (frames - 1) : 0;
  const between = ([from, to]: readonly [number, number]): number => from + (to - from) * along;
  return {
    scale: 1 / (between(inverse) + SETTLE.inverse * Math.exp(-frame / (fps * SETTLE.seconds))),
    shiftX: between(shiftX),
    shiftY: between(shiftY),
  };
}
