import { open } from 'node:fs/promises';
import type { FrameSink } from '../harness/motion-backend.ts';
import { Refused } from './worker-errors.ts';

/** Hands the frames of a raw file to `sink`, one buffer for all of them; refuses a file of any other length before the first. */
export async function sendFrames(
  file: string,
  expected: { frames: number; width: number; height: number },
  sink: FrameSink,
  interruption: AbortSignal,
): Promise<void> {
  const frame = new Uint8Array((expected.width * expected.height * 3) / 2);
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size !== frame.byteLength * expected.frames)
      throw new Refused(
        'wrong-shape',
        `expected ${expected.frames} frames of ${frame.byteLength} bytes, found ${size} bytes, ${size / frame.byteLength} frames`,
      );
    for (let n = 0; n < expected.frames; n++) {
      interruption.throwIfAborted();
      await handle.read(frame, 0, frame.byteLength, n * frame.byteLength);
      await sink(frame);
    }
  } finally {
    await handle.close();
  }
}
