import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArtifactStore, ClipFrames, Raster } from '#domain/ports';
import { openFfmpeg } from './ffmpeg.ts';

/** Letters of 2.5 % of a frame's height still have 9 pixels, and a frame is 0.7 MB. */
const LONG_SIDE = 640;
const CHANNELS = 3;

/** Frames of a clip from the artifacts bucket: downloaded once, decoded by one ffmpeg, handed over as they come. */
export function openClipFrames({ ffmpeg, artifacts }: { ffmpeg: string; artifacts: ArtifactStore }): ClipFrames {
  const media = openFfmpeg({ ffmpeg });
  return {
    async *sample({ ref, output: { width, height } }, choose) {
      const folder = await mkdtemp(join(tmpdir(), 'clip-'));
      try {
        const file = join(folder, 'clip.mp4');
        await artifacts.download(ref, file);
        const size = shrunk(width, height);
        const graph = `scale=${size.width}:${size.height}:flags=area,format=rgb24`;
        const output = ['-map', '0:v:0', '-vf', graph, '-fps_mode', 'passthrough', '-f', 'rawvideo'];
        const stream = media.read({ purpose: `sample ${ref.key}`, inputs: [{ source: file, options: ['-f', 'mov'] }], output });
        let frame = 0;
        for await (const picture of pictures(stream, size)) {
          if (choose(picture)) yield { frame, picture: { ...picture, data: picture.data.slice() } };
          frame++;
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function shrunk(width: number, height: number) {
  const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Cuts a stream of raw video into pictures, all in one buffer; a torn last picture is an error, not a shorter clip. */
async function* pictures(stream: AsyncIterable<Buffer>, size: { width: number; height: number }): AsyncGenerator<Raster> {
  const picture = new Uint8Array(size.width * size.height * CHANNELS);
  let filled = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(chunk.length - at, picture.length - filled);
      picture.set(chunk.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < picture.length) continue;
      yield { ...size, channels: CHANNELS, data: picture };
      filled = 0;
    }
  }
  if (filled > 0) throw new RangeError(`expected whole pictures of ${picture.length} bytes, found ${filled} bytes at the end`);
}
