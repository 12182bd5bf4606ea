import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFfmpeg } from '#adapters/media/ffmpeg';
import { decodeWindows, frameStream, rawFrames } from '#adapters/media/frames';

const ffmpeg = openFfmpeg({ ffmpeg: join(import.meta.dirname, '../../../.framewright/media/ffmpeg') });
const raw = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', '32x16', '-framerate', '24'];
const toNut = ['-map', '0:v', '-c:v', 'ffv1', '-f', 'nut'];
const SIZE = (32 * 16 * 3) / 2;

async function* frames(count: number) {
  for (let n = 0; n < count; n++) yield new Uint8Array(SIZE).fill(n % 200);
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

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
    await decodeWindows(ffmpeg, [{ file, width: 32, height: 16, frames: 50, raw: join(folder, 'window.raw') }]);
    for await (const frame of rawFrames(join(folder, 'window.raw'), SIZE)) {
      expect(frame).toEqual(new Uint8Array(SIZE).fill(n % 200));
      n++;
    }
    expect(n).toBe(50);
  });

  it('decodes only as many frames as asked for, and says so when there are fewer', async () => {
    const file = join(folder, 'short.nut');
    await ffmpeg.run({ purpose: 'write', inputs: [{ source: frameStream(frames(6)), options: raw }], output: toNut }, file);
    const count = async (wanted: number): Promise<number> => {
      const raw = join(folder, `short-${wanted}.raw`);
      await decodeWindows(ffmpeg, [{ file, width: 32, height: 16, frames: wanted, raw }]);
      return (await stat(raw)).size / SIZE;
    };
    expect(await count(4)).toBe(4);
    await expect(count(7)).rejects.toThrow(/expected 7 frames of 32x16, found 6/);
  });

  it('decodes several windows with one start, each into its own file, and names the one that is too short', async () => {
    const windows = await Promise.all(
      [9, 4, 7].map(async (count) => {
        const file = join(folder, `one of ${count}.nut`); // a space in a path is a letter like any other
        await ffmpeg.run({ purpose: 'write', inputs: [{ source: frameStream(frames(count)), options: raw }], output: toNut }, file);
        return { file, width: 32, height: 16, frames: count, raw: join(folder, `one of ${count}.raw`) };
      }),
    );
    await decodeWindows(ffmpeg, windows);
    for (const window of windows) {
      const found = [];
      for await (const frame of rawFrames(window.raw, SIZE)) found.push(frame[0]);
      expect(found).toEqual(Array.from({ length: window.frames }, (_, n) => n));
    }
    const tooMany = windows.map((window) => ({ ...window, frames: 5 }));
    await expect(decodeWindows(ffmpeg, tooMany)).rejects.toThrow(/one of 4\.nut.*expected 5 frames of 32x16, found 4/);
  });

  it('lends each frame until the encoder has taken all of it: one buffer is enough for a whole clip', async () => {
    const file = join(folder, 'lent.nut');
    const large = { width: 640, height: 360 }; // more than fits a pipe, so a frame is taken in pieces
    const one = new Uint8Array(640 * 360 * 1.5);
    async function* reused() {
      for (let n = 0; n < 40; n++) yield one.fill(n);
    }
    const options = ['-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', '640x360', '-framerate', '24'];
    await ffmpeg.run({ purpose: 'write', inputs: [{ source: frameStream(reused()), options }], output: toNut }, file);
    await decodeWindows(ffmpeg, [{ file, ...large, frames: 40, raw: join(folder, 'lent.raw') }]);
    let n = 0;
    for await (const frame of rawFrames(join(folder, 'lent.raw'), one.length)) {
      expect(
        frame.every((byte) => byte === n),
        `frame ${n}`,
      ).toBe(true);
      n++;
    }
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

  it('kills an ffmpeg that turns in circles when its frames fail: such a one hears neither an end nor SIGTERM', async () => {
    const script = join(folder, 'deaf-ffmpeg');
    const pid = join(folder, 'deaf-pid');
    const real = join(import.meta.dirname, '../../../.framewright/media/ffmpeg');
    const deaf = `trap '' TERM\ncase "$*" in *rawvideo*) echo $$ > ${pid}; while :; do sleep 0.05; done;; *) exec ${real} "$@";; esac`;
    await writeFile(script, `#!/bin/sh\n${deaf}\n`, { mode: 0o755 });
    async function* late(): AsyncGenerator<Uint8Array> {
      await expect.poll(() => readFile(pid, 'utf8').catch(() => '')).toMatch(/\d+\n/);
      yield* [];
      throw new Error('no light at all');
    }
    const failed = openFfmpeg({ ffmpeg: script }).run(
      { purpose: 'write', inputs: [{ source: frameStream(late()), options: raw }], output: toNut },
      join(folder, 'never.nut'),
    );
    await expect(failed).rejects.toThrow(/no light at all/);
    await expect.poll(async () => isRunning(Number(await readFile(pid, 'utf8'))), { timeout: 3_000 }).toBe(false);
  });

  it('leaves no ffmpeg behind when its frames fail before there is one', async () => {
    const told = join(folder, 'pid');
    const script = join(folder, 'ffmpeg.sh');
    const real = join(import.meta.dirname, '../../../.framewright/media/ffmpeg');
    await writeFile(script, `#!/bin/sh\necho $$ > '${told}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
    async function* never() {
      const isDark = await setTimeout(200, true); // ffmpeg waits for its first frame by then
      if (isDark) throw new Error('no light at all');
      yield new Uint8Array(SIZE);
    }
    const failed = openFfmpeg({ ffmpeg: script }).run(
      { purpose: 'write', inputs: [{ source: frameStream(never()), options: raw }], output: toNut },
      join(folder, 'never-lit.nut'),
    );
    await expect(failed).rejects.toThrow(/no light at all/);
    const pid = Number(await readFile(told, 'utf8'));
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
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
    void setTimeout(300).then(() => stop.abort(new Error('machine taken away')));
    await expect(running).rejects.toThrow('machine taken away');
    await expect(ffmpeg.run({ purpose: 'write', inputs: [], output: [], signal: stop.signal }, join(folder, 'never.nut'))).rejects.toThrow(
      'machine taken away',
    );
    await expect(stat(join(folder, 'never.nut'))).rejects.toThrow(/ENOENT/);
  });
});

it('reads raw frames into the buffers it is given, removes the file, and refuses a frame that was cut off', async () => {
  const file = join(folder, 'numbers.raw');
  const bytes = Uint8Array.from({ length: 30 }, (_, n) => n);
  await writeFile(file, bytes);
  const buffer = new Uint8Array(10);
  const found: number[] = [];
  for await (const frame of rawFrames(file, 10, () => buffer)) found.push(frame[0]!);
  expect(found).toEqual([0, 10, 20]);
  await expect(stat(file)).rejects.toThrow(/ENOENT/);

  await writeFile(file, bytes.subarray(0, 15));
  await expect(rawFrames(file, 10).next()).rejects.toThrow(/found 5 bytes after the last one/);
});
