import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { decodeWindow, frameStream, framesOf } from '#adapters/media/frames';

const ffmpeg = openFfmpeg({ ffmpeg: join(import.meta.dirname, '../../../.framewright/media/ffmpeg') });
const raw = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', '32x16', '-framerate', '24'];
const toNut = ['-map', '0:v', '-c:v', 'ffv1', '-f', 'nut'];
const SIZE = (32 * 16 * 3) / 2;

async function* frames(count: number) {
  for (let n = 0; n < count; n++) yield new Uint8Array(SIZE).fill(n % 200);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ffmpeg-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('running ffmpeg', () => {
  it('encodes a stream of frames to a file and decodes the very same frames back', async () => {
    const file = join(folder, 'window.nut');
    await ffmpeg.run({ purpose: 'write', inputs: [{ source: frameStream(frames(50)), options: raw }], output: toNut }, file);
    let n = 0;
    for await (const frame of decodeWindow(ffmpeg, { file, width: 32, height: 16 }, 50)) {
      expect(frame).toEqual(new Uint8Array(SIZE).fill(n % 200));
      n++;
    }
    expect(n).toBe(50);
  });

  it('decodes only as many frames as asked for, and says so when there are fewer', async () => {
    const file = join(folder, 'short.nut');
    await ffmpeg.run({ purpose: 'write', inputs: [{ source: frameStream(frames(6)), options: raw }], output: toNut }, file);
    const count = async (wanted: number): Promise<number> => {
      let found = 0;
      for await (const _ of decodeWindow(ffmpeg, { file, width: 32, height: 16 }, wanted)) found++;
      return found;
    };
    expect(await count(4)).toBe(4);
    await expect(count(7)).rejects.toThrow(/expected 7 frames of 32x16, found 6/);
  });

  it('leaves quietly when the reader has seen enough', async () => {
    const file = join(folder, 'long.nut');
    await ffmpeg.run({ purpose: 'write', inputs: [{ source: frameStream(frames(400)), options: raw }], output: toNut }, file);
    for await (const _ of decodeWindow(ffmpeg, { file, width: 32, height: 16 }, 400)) break;
  });

  it("names its purpose and ffmpeg's own last words when it fails", async () => {
    const file = join(folder, 'not-a-video.nut');
    await writeFile(file, 'hello');
    const failed = ffmpeg.run(
      { purpose: 'read a letter', inputs: [{ source: file, options: ['-f', 'nut'] }], output: ['-f', 'null'] },
      '-',
    );
    await expect(failed).rejects.toThrow(
      /^read a letter: expected ffmpeg to finish, found: ffmpeg exited with code \d+[\s\S]*not-a-video\.nut/,
    );
    const stream = ffmpeg.read({
      purpose: 'read a letter',
      inputs: [{ source: file, options: ['-f', 'nut'] }],
      output: ['-f', 'rawvideo'],
    });
    await expect(stream.toArray()).rejects.toThrow(/^read a letter/);
  });

  it('fails with the error of the frames it is fed', async () => {
    async function* broken() {
      yield new Uint8Array(SIZE);
      throw new Error('no more light');
    }
    const failed = ffmpeg.run(
      { purpose: 'write', inputs: [{ source: frameStream(broken()), options: raw }], output: toNut },
      join(folder, 'broken.nut'),
    );
    await expect(failed).rejects.toThrow(/no more light/);
  });

  it('opens no address, whatever asks for one', async () => {
    const failed = ffmpeg.run(
      { purpose: 'fetch', inputs: [{ source: 'http://127.0.0.1:9/clip.nut', options: ['-f', 'nut'] }], output: toNut },
      join(folder, 'fetched.nut'),
    );
    await expect(failed).rejects.toThrow(/not on whitelist|Invalid argument|Protocol/);
  });

  it('stops within a moment of the signal, with its reason', async () => {
    const stop = new AbortController();
    async function* endless() {
      for (;;) yield new Uint8Array(SIZE);
    }
    const running = ffmpeg.run(
      { purpose: 'write', inputs: [{ source: frameStream(endless()), options: raw }], output: toNut, signal: stop.signal },
      join(folder, 'endless.nut'),
    );
    setTimeout(() => stop.abort(new Error('machine taken away')), 300);
    await expect(running).rejects.toThrow('machine taken away');
    await expect(ffmpeg.run({ purpose: 'write', inputs: [], output: [], signal: stop.signal }, join(folder, 'never.nut'))).rejects.toThrow(
      'machine taken away',
    );
    await expect(stat(join(folder, 'never.nut'))).rejects.toThrow(/ENOENT/);
  });
});

it('cuts frames from chunks of any size, and refuses a frame that was cut off', async () => {
  const bytes = Uint8Array.from({ length: 30 }, (_, n) => n);
  for (const chunk of [1, 4, 7, 10, 30]) {
    const chunks = Array.from({ length: Math.ceil(30 / chunk) }, (_, n) => bytes.subarray(n * chunk, (n + 1) * chunk));
    const found: Uint8Array[] = [];
    for await (const frame of framesOf(Readable.from(chunks), 10)) found.push(frame);
    expect(found).toEqual([bytes.slice(0, 10), bytes.slice(10, 20), bytes.slice(20)]);
  }
  await expect(Readable.from(framesOf(Readable.from([bytes.subarray(0, 15)]), 10)).toArray()).rejects.toThrow(
    /found 5 bytes after the last one/,
  );
});
