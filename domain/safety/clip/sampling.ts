import type { Raster } from '#domain/ports';

/** Length and speed of a clip. */
export interface ClipLength {
  readonly frames: number;
  readonly fps: number;
}

/** Whatever is on screen this long, in seconds, is looked at. */
export const SHORTEST_EVENT = 0.25;
/** Never more of a clip than this is looked at; at 12 frames a second the floor alone takes a third. */
export const LARGEST_SHARE = 0.35;

/** Points of the grid on which two frames are compared. */
const ACROSS = 32;
const DOWN = 18;
/** A frame this different from the one before, in mean steps of 255, begins a scene; motion of a product clip stays below 12. */
const NEW_SCENE = 24;

/** Frames from one sample to the next at most: as many as the shortest event surely fills. */
export const strideOf = ({ fps }: Pick<ClipLength, 'fps'>, perSecond = 1 / SHORTEST_EVENT): number =>
  Math.max(1, Math.floor(fps / perSecond));

/** Chooses frames while they come by. */
export interface Sampler {
  /** Called once for every frame, in order: is this one to be looked at? */
  choose(picture: Raster): boolean;
  /** Frames that came by, and the numbers of those that were chosen. */
  readonly seen: number;
  readonly chosen: readonly number[];
}

/**
 * A floor and scenes. Floor: of every `stride` consecutive frames at least one is chosen, so an event of a quarter of a second cannot slip
 * through, wherever it lies. Scenes: the first frame of a new picture is chosen as well while the share allows it, so most flashes of a
 * single frame are seen too. The clock of the floor starts again at every choice: a cut costs a sample only where one was not due anyway.
 * A clip of one or two frames is looked at once, which is more than the share.
 */
export function openSampler(clip: ClipLength, perSecond?: number): Sampler {
  const stride = Math.min(strideOf(clip, perSecond), clip.frames);
  const chosen: number[] = [];
  let seen = 0;
  let before: Uint8Array | undefined;
  return {
    choose(picture) {
      const frame = seen++;
      const grid = gridOf(picture);
      const isNew = before !== undefined && meanDifference(grid, before) >= NEW_SCENE;
      before = grid;
      const due = frame - (chosen.at(-1) ?? -1) >= stride;
      const affordable = chosen.length + 1 <= LARGEST_SHARE * (frame + 1);
      if (!due && !(isNew && affordable)) return false;
      chosen.push(frame);
      return true;
    },
    get seen() {
      return seen;
    },
    chosen,
  };
}

/** All colours at evenly spread points. */
function gridOf({ data, width, height, channels }: Raster): Uint8Array {
  const grid = new Uint8Array(ACROSS * DOWN * channels);
  let at = 0;
  for (let y = 0; y < DOWN; y++)
    for (let x = 0; x < ACROSS; x++) {
      const pixel = Math.floor(((y + 0.5) * height) / DOWN) * width + Math.floor(((x + 0.5) * width) / ACROSS);
      for (let channel = 0; channel < channels; channel++) grid[at++] = data[pixel * channels + channel] ?? 0;
    }
  return grid;
}

function meanDifference(one: Uint8Array, other: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs(one[at]! - other[at]!);
  return sum / one.length;
}
