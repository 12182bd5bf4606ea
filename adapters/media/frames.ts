import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
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

/** A window to decode: how many of its first frames are wanted, and the file they go to. */
export interface WantedFrames extends WindowFile {
  readonly frames: number;
  readonly raw: string;
}

/**
 * Decodes the first frames of some windows to yuv420p at the windows' own size, one frame after another into a file for each window. The
 * demuxer is named, never guessed. Throws when a window holds fewer frames. Files, because reading them costs a tenth of the CPU that the
 * same bytes cost in a child's pipe, which come in pieces of 64 KiB with a buffer each. Several windows share one start of ffmpeg.
 */
export async function decodeWindows(ffmpeg: Ffmpeg, windows: readonly WantedFrames[], signal?: AbortSignal): Promise<void> {
  await ffmpeg.runAll({
    purpose: `decode ${windows.map(({ file }) => file).join(', ')}`,
    // One decoding thread a window: plates are small, and a second thread costs more in start-up than it saves.
    inputs: windows.map(({ file }) => ({ source: file, options: ['-threads', '1', '-f', 'nut'] })),
    outputs: windows.map(({ frames, raw }, index) => ({
      target: raw,
      options: ['-map', `${index}:v:0`, '-frames:v', String(frames), '-f', 'rawvideo', '-pix_fmt', 'yuv420p'],
    })),
    signal,
  });
  for (const window of windows) {
    const found = (await stat(window.raw)).size / frameBytes(window);
    if (found !== window.frames)
      throw contractViolated(window.file, `expected ${window.frames} frames of ${window.width}x${window.height}, found ${found}`);
  }
}

/**
 * Frames of `size` bytes from a file of raw frames, each in a buffer that `take` gives. The file is gone afterwards. It was just written, so
 * its bytes are in the system's memory and a read is a copy: handing it to another thread and waiting costs more than the copy itself, and
 * leaves a dozen objects behind for each frame.
 */
export async function* rawFrames(
  file: string,
  size: number,
  take: () => Uint8Array = () => new Uint8Array(size),
): AsyncGenerator<Uint8Array> {
  const handle = openSync(file, 'r');
  try {
    const { size: bytes } = fstatSync(handle);
    if (bytes % size !== 0)
      throw new RangeError(`${file}: expected whole frames of ${size} bytes, found ${bytes % size} bytes after the last one`);
    for (let left = bytes / size; left > 0; left--) {
      const frame = take();
      for (let filled = 0; filled < size; ) filled += readSync(handle, frame, filled, size - filled, null);
      yield frame;
    }
  } finally {
    closeSync(handle);
    await rm(file);
  }
}

/** Frames as the one stream that an encoder reads. A frame is only lent: the next one is asked for when the encoder has taken all of it. */
export const frameStream = (frames: AsyncIterable<Uint8Array>): Readable => new LentFrames(frames);

/**
 * fluent-ffmpeg hands the encoder's stdin to `pipe` of its input and does nothing else with it. An ordinary stream would hold frames that
 * wait, so a buffer could never be used again: at 24 frames a second that garbage costs more CPU than all other relaying.
 */
class LentFrames extends Readable {
  private readonly frames: AsyncIterable<Uint8Array>;

  constructor(frames: AsyncIterable<Uint8Array>) {
    super({ read: () => {} });
    this.frames = frames;
  }

  override pipe<Destination extends NodeJS.WritableStream>(destination: Destination): Destination {
    this.lend(destination)
      .catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))))
      .finally(() => destination.end()); // an encoder that waits for a frame hears no SIGTERM: without an end it would wait for ever
    return destination;
  }

  private async lend(encoder: NodeJS.WritableStream): Promise<void> {
    for await (const frame of this.frames) {
      const refused = await new Promise((taken) => encoder.write(frame, taken));
      // An encoder that ended early says why itself; here it only means that nobody takes frames any more.
      if (refused || this.destroyed) return;
    }
  }
}
