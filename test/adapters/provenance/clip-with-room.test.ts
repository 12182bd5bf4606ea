import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { withFile } from '#adapters/provenance/c2pa-library';
import { shiftChunkOffsets } from '#adapters/provenance/chunk-offsets';
import { makeRoom, writeClip } from '#adapters/provenance/clip-with-room';
import { boxesOfFile } from '#adapters/provenance/mp4-boxes';
import { ffmpeg, makeClip, scratch } from './clips.ts';

const folder = scratch();
const plain = join(folder, 'plain.mp4');
beforeAll(() => void makeClip(plain));

const withRoom = (input: string, manifest: Buffer): Promise<string> => {
  const output = join(folder, `room-${manifest.byteLength}.mp4`);
  return withFile(input, 'r', async (file) => {
    const clip = await makeRoom(file, manifest.byteLength);
    await withFile(output, 'w', (written) => writeClip(clip, manifest, written));
    return output;
  });
};
const types = (file: string) => withFile(file, 'r', async (opened) => (await boxesOfFile(opened)).map(({ type }) => type));

/** What a player gets: a hash of every compressed picture and sound. */
const packets = (file: string): string =>
  execFileSync(resolve('.framewright/media/ffmpeg'), ['-v', 'error', '-i', file, '-c', 'copy', '-f', 'framehash', '-'], {
    encoding: 'utf8',
  });

it('puts credentials behind the first box and moves every sample with them', async () => {
  const moved = await withRoom(plain, Buffer.alloc(5_000, 7));
  const [first, ...others] = await types(plain);
  expect(await types(moved)).toEqual([first, 'uuid', ...others]);
  expect(packets(moved)).toBe(packets(plain));
});

it('does so wherever the index lies', async () => {
  const late = join(folder, 'late.mp4');
  ffmpeg('-i', plain, '-c', 'copy', late);
  expect((await types(late)).at(-1)).toBe('moov');
  expect(packets(await withRoom(late, Buffer.alloc(6_000, 7)))).toBe(packets(plain));
});

it('refuses what it could not move: fragments, credentials that are there already, half a file, no clip at all', async () => {
  const fragments = join(folder, 'fragments.mp4');
  ffmpeg('-i', plain, '-c', 'copy', '-movflags', 'frag_keyframe+empty_moov', fragments);
  await expect(withRoom(fragments, Buffer.alloc(10))).rejects.toThrow(/found (moof|sidx) at byte \d+/);
  await expect(withRoom(await withRoom(plain, Buffer.alloc(9)), Buffer.alloc(10))).rejects.toThrow(/found uuid at byte/);
  const cut = join(folder, 'cut.mp4');
  writeFileSync(cut, readFileSync(plain).subarray(0, -100));
  await expect(withRoom(cut, Buffer.alloc(10))).rejects.toThrow(/expected an MP4 box at byte \d+, found one that does not fit/);
  const text = join(folder, 'text.mp4');
  writeFileSync(text, 'not a clip');
  await expect(withRoom(text, Buffer.alloc(10))).rejects.toThrow(/expected an MP4 box at byte 0/);
  writeFileSync(text, '');
  await expect(withRoom(text, Buffer.alloc(10))).rejects.toThrow(/found an empty file/);
});

const box = (type: string, content: Buffer): Buffer => {
  const header = Buffer.from(`\0\0\0\0${type}`);
  header.writeUInt32BE(8 + content.byteLength);
  return Buffer.concat([header, content]);
};
const index = (table: Buffer): Buffer => ['stbl', 'minf', 'mdia', 'trak', 'moov'].reduce((content, type) => box(type, content), table);
const table = (entries: Buffer, count: number): Buffer => Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, count]), entries]);

it('moves offsets of 64 bits, and refuses to wrap those of 32 round', () => {
  const wide = Buffer.alloc(8);
  wide.writeBigUInt64BE(2n ** 40n);
  expect(shiftChunkOffsets(index(box('co64', table(wide, 1))), 100).readBigUInt64BE(index(Buffer.alloc(0)).byteLength + 16)).toBe(
    2n ** 40n + 100n,
  );
  const narrow = index(box('stco', table(Buffer.from('fffffff0', 'hex'), 1)));
  expect(() => shiftChunkOffsets(narrow, 100)).toThrow(/below 4 GiB/);
  expect(() => shiftChunkOffsets(index(box('stco', table(Buffer.alloc(4), 9))), 100)).toThrow(/table of 9 offsets in stco.*cut off/);
});
