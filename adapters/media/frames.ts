import { Readable } from 'node:stream';
import { contractViolated } from '#domain/errors';
import type { Ffmpeg } from './ffmpeg.ts';

export interface WindowFile {
  /** Path of an FFV1 stream in NUT. */
  readonly file: string;
  /** Expected size of every frame in pixels; both sides even. */
  readonly width: number;
  readonly height: number;
}

/** Bytes of one yuv420p frame: a full luma plane and two quarter planes. */
export const frameBytes = ({ width, height }: { width: number; height: number }): number => (width * height * 3) / 2;

/**
 * The first `frames` frames of a window, decoded to yuv420p at the window's own size, one at a time. Every yielded frame is
 * a buffer of its own. The demuxer is named, never guessed. Throws when the window holds fewer frames.
 */
export async function* decodeWindow(ffmpeg: Ffmpeg, window: WindowFile, frames: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const stream = ffmpeg.read({
    purpose: `decode ${window.file}`,
    // One decoding thread: plates are small, and a second thread costs more in start-up than it saves.
    inputs: [{ source: window.file, options: ['-threads', '1', '-f', 'nut'] }],
    output: ['-map', '0:v:0', '-frames:v', String(frames), '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
    signal,
  });
  let found = 0;
  try {
    for await (const frame of framesOf(stream, frameBytes(window))) {
      found++;
      yield frame;
    }
  } finally {
    stream.destroy();
  }
  if (found !== frames)
    throw contractViolated(window.file, `expected ${frames} frames of ${window.width}x${window.height}, found ${found}`);
}

/** Cuts a byte stream into frames of `size` bytes; throws when the last one is incomplete. */
export async function* framesOf(stream: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let frame = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Math.min(size - filled, chunk.length - at);
      frame.set(chunk.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
      if (filled === size) {
        yield frame;
        frame = new Uint8Array(size);
        filled = 0;
      }
    }
  }
  if (filled > 0) throw new RangeError(`expected whole frames of ${size} bytes, found ${filled} bytes after the last one`);
}

/** Frames as the one stream that an encoder reads. At most two wait in it, so a slow encoder slows the decoder down. */
export const frameStream = (frames: AsyncIterable<Uint8Array>): Readable =>
  Readable.from(asBuffers(frames), { objectMode: true, highWaterMark: 2 });

async function* asBuffers(frames: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const frame of frames) yield Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
}
