import type { Clip } from '#contracts/post';
import type { ClipFrames } from '#domain/ports';
import { sampling } from '#domain/safety/clip/sampling';
import type { SampledFrame } from '#domain/safety/clip/screen-clip';

/** Side of the pictures that `ClipFrames` gives, in pixels. */
const SIDE = 224;

/** Evenly spaced frames of a clip, each with its number. */
export const sampledFrames = (frames: ClipFrames) =>
  async function* (clip: Clip, perSecond: number): AsyncGenerator<SampledFrame> {
    const every = sampling({ frames: clip.frames, fps: clip.output.fps }, perSecond);
    let frame = every.offset;
    for await (const data of frames.sample(clip.ref, every)) {
      yield { frame, picture: { width: SIDE, height: SIDE, channels: 3, data } };
      frame += every.stride;
    }
  };
