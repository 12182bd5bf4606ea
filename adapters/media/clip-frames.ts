import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtifactStore, ClipFrames } from '#domain/ports';
import { openFfmpeg } from './ffmpeg.ts';

/** The classifier's training pictures were stretched to 256 x 256 and cut to the middle 224 x 224 (`ClipFrames`). */
const STRETCHED = 256;
const SIDE = 224;
const PICTURE_BYTES = SIDE * SIDE * 3;

/** Frames of a clip from the artifacts bucket: downloaded once, decoded by one ffmpeg, handed over as they come. */
export function openClipFrames({ ffmpeg, artifacts }: { ffmpeg: string; artifacts: ArtifactStore }): ClipFrames {
  const media = openFfmpeg({ ffmpeg });
  return {
    async *sample(clip, { stride, offset }) {
      const folder = await mkdtemp(join(tmpdir(), 'clip-'));
      try {
        const file = join(folder, 'clip.mp4');
        await artifacts.download(clip, file);
        const chosen = `select=eq(mod(n\\,${stride})\\,${offset})`;
        const graph = `${chosen},scale=${STRETCHED}:${STRETCHED}:flags=bilinear,crop=${SIDE}:${SIDE},format=rgb24`;
        const output = ['-map', '0:v:0', '-vf', graph, '-fps_mode', 'passthrough', '-f', 'rawvideo'];
        yield* pictures(media.read({ purpose: `sample ${clip.key}`, inputs: [{ source: file, options: ['-f', 'mov'] }], output }));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Cuts a stream of raw video into pictures; a torn last picture is an error, not a shorter clip. */
async function* pictures(stream: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let picture = new Uint8Array(PICTURE_BYTES);
  let filled = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, PICTURE_BYTES - filled);
      picture.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < PICTURE_BYTES) continue;
      yield picture;
      picture = new Uint8Array(PICTURE_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) throw new RangeError(`expected whole pictures of ${PICTURE_BYTES} bytes, found ${filled} bytes at the end`);
}
