import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReferenceReader } from '#adapters/media/reference';
import { REFERENCE_KINDS, sniff } from '#domain/prep/media-kind';

const binary = (name: string): string => fileURLToPath(new URL(`../../../.framewright/media/${name}`, import.meta.url));
const reader = openReferenceReader({ ffmpeg: binary('ffmpeg'), ffprobe: binary('ffprobe') });
const folder = mkdtempSync(join(tmpdir(), 'made-'));
const admit = () => undefined;

function film(name: string, ...options: string[]): Uint8Array {
  const file = join(folder, name);
  execFileSync(binary('ffmpeg'), ['-v', 'error', '-y', ...options, file]);
  return readFileSync(file);
}
const picture = (seconds: number, size = '320x180') => ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=${seconds}`];
const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
const countJpegs = (bytes: Uint8Array): number => bytes.reduce((sum, byte, i) => sum + Number(byte === 0xff && bytes[i + 1] === 0xd8), 0);
const wavFacts = (wav: Uint8Array) => {
  const view = Buffer.from(wav);
  const dataAt = view.indexOf('data') + 8;
  return { channels: view.readUInt16LE(22), rate: view.readUInt32LE(24), bits: view.readUInt16LE(34), dataAt };
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a reference video', () => {
  it('gives a frame a second and the loudness of its sound', async () => {
    const mp4 = film('tone.mp4', ...picture(3.4), ...tone(3.4), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac');
    const video = await reader.read(mp4, 'mp4', admit);
    expect(video).toMatchObject({ seconds: 3.4, picture: { fps: 25, width: 320, height: 180 }, hasSound: true, loudnessLufs: -21.8 });
    expect(countJpegs(video.keyframes!)).toBe(4);
    expect(await reader.read(mp4, 'mp4', admit)).toEqual(video);
  });

  it('may be a silent WebM of a few frames', async () => {
    const video = await reader.read(film('short.webm', ...picture(0.3), '-c:v', 'libvpx-vp9'), 'matroska', admit);
    expect(video).toMatchObject({ hasSound: false, loudnessLufs: null });
    expect(video.sound).toBeUndefined();
    expect(countJpegs(video.keyframes!)).toBe(1);
  });

  it('gives its sound as plain samples, whatever it was stored as', async () => {
    const mp4 = film('stereo.mp4', ...picture(2), ...tone(2), '-c:v', 'libx264', '-c:a', 'aac', '-ac', '2', '-ar', '44100');
    const { sound } = await reader.read(mp4, 'mp4', admit);
    expect(wavFacts(sound!)).toEqual({ channels: 1, rate: 16_000, bits: 16, dataAt: 44 });
    expect((sound!.byteLength - 44) / 2 / 16_000).toBeCloseTo(2, 1);
  });

  it('gives no sound when its track is silent', async () => {
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo:d=2'];
    const { sound, loudnessLufs } = await reader.read(film('quiet.mp4', ...picture(2), ...silence, '-c:a', 'aac'), 'mp4', admit);
    expect(loudnessLufs).toBeNull();
    expect(sound).toBeUndefined();
  });

  it('is judged by its facts before anything is decoded', async () => {
    const mp4 = film('facts.mp4', ...picture(1), '-c:v', 'libx264');
    const seen: unknown[] = [];
    const refuse = (facts: unknown) => {
      seen.push(facts);
      throw new Error('not this one');
    };
    await expect(reader.read(mp4, 'mp4', refuse)).rejects.toThrow('not this one');
    expect(seen).toEqual([{ seconds: 1, picture: { fps: 25, width: 320, height: 180 }, hasSound: false }]);
  });

  it('is refused, not guessed at, when the container is another or broken', async () => {
    const mkv = film('other.mkv', ...picture(1), '-c:v', 'libx264');
    await expect(reader.read(mkv, 'mp4', admit)).rejects.toThrow(RangeError);
    await expect(reader.read(mkv.subarray(0, 200), 'matroska', admit)).rejects.toThrow(RangeError);
  });

  it('tells a missing program from a bad file', async () => {
    const lost = openReferenceReader({ ffmpeg: '/nowhere/ffmpeg', ffprobe: '/nowhere/ffprobe' });
    await expect(lost.read(new Uint8Array(8), 'mp4', admit)).rejects.toThrow(expect.not.objectContaining({ name: 'RangeError' }));
  });
});

describe('a recording', () => {
  it.each([
    ['note.m4a', 'mp4', ['-c:a', 'aac']],
    ['note.webm', 'matroska', ['-c:a', 'libopus']],
    ['note.wav', 'wav', []],
    ['note.mp3', 'mp3', []],
    ['note.ogg', 'ogg', ['-c:a', 'libopus']],
  ] as const)('%s is sound without pictures', async (name, container, codec) => {
    const bytes = film(name, ...tone(2), ...codec);
    expect(sniff(bytes)).toEqual({ kind: container });
    const heard = await reader.read(bytes, container, admit);
    expect(heard).toMatchObject({ hasSound: true });
    expect(heard.picture).toBeUndefined();
    expect(heard.keyframes).toBeUndefined();
    expect(heard.sound!.byteLength).toBeGreaterThan(60_000);
  });
});

describe('a playlist that calls itself a video', () => {
  let server: Server;
  let asked = 0;
  beforeAll(async () => {
    server = createServer((_, answer) => {
      asked++;
      answer.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterAll(() => server.close());

  it.each(['playlist.mp4', 'other-file.mp4', 'concat.mp4', 'manifest.mp4'])('%s reaches neither network nor disk', async (name) => {
    const { port } = server.address() as AddressInfo;
    const text = readFileSync(new URL(`../../fixtures/hostile/${name}`, import.meta.url), 'utf8').replace(':9/', `:${port}/`);
    for (const container of REFERENCE_KINDS) await expect(reader.read(Buffer.from(text), container, admit)).rejects.toThrow(RangeError);
    expect(asked).toBe(0);
  });
});
