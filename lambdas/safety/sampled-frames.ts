import type { Clip } from '#contracts/post';
import type { ClipFrames } from '#domain/ports';
import { openSampler } from '#domain/safety/clip/sampling';
import type { SampledFrame } from '#domain/safety/clip/screen-clip';

/** The frames of a clip that have to be looked at, each with its number. Throws when the clip ends early: its rest was not seen. */
export const sampledFrames = (frames: ClipFrames) =>
  async function* (clip: Clip, perSecond: number): AsyncGenerator<SampledFrame> {
    const sampler = openSampler({ frames: clip.frames, fps: clip.output.fps }, perSecond);
    yield* frames.sample(clip, (picture) => sampler.choose(picture));
    if (sampler.seen !== clip.frames) throw new RangeError(`expected ${clip.frames} frames, found ${sampler.seen}`);
  };
