import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { shiftChunkOffsets } from './chunk-offsets.ts';
import { type Box, boxesOfFile } from './mp4-boxes.ts';

/** Names the box of credentials (C2PA 2.2, "Embedding manifests into BMFF-based assets"). */
export const C2PA_UUID = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
/** Version and flags, what is in it, and where a second such box lies: nowhere. */
const C2PA_PURPOSE = Buffer.concat([Buffer.alloc(4), Buffer.from('manifest\0'), Buffer.alloc(8)]);
const C2PA_HEAD_BYTES = 8 + C2PA_UUID.byteLength + C2PA_PURPOSE.byteLength;

/** Left out of the hash; the first is where credentials themselves lie, the others hold nothing that is seen or heard. */
export const UNHASHED = ['uuid', 'ftyp', 'mfra', 'free', 'skip'] as const;
/** What post delivers consists of these. Others may point into the file, and their pointers would have to be moved as well. */
const KNOWN: readonly string[] = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide'];

/** 1 MiB at a time: a clip of two gigabytes takes no more memory than one of two megabytes. */
const READ_BYTES = 1024 * 1024;

/** A box of the clip to be: as it is in the input, or in new words. */
interface Piece {
  readonly type: string;
  readonly source: Box | Buffer;
}

/** A clip as it will be with credentials: they lie behind its first box, and everything else moves back. */
export interface ClipWithRoom {
  readonly input: FileHandle;
  readonly pieces: readonly Piece[];
}

/** The boxes of a clip that we know how to sign. */
export async function clipBoxes(input: FileHandle): Promise<[Box, ...Box[]]> {
  const [first, ...others] = await boxesOfFile(input);
  if (first?.type !== 'ftyp') throw new Error(`expected an MP4 file that starts with ftyp, found ${first?.type ?? 'an empty file'}`);
  const strange = others.find(({ type }) => !KNOWN.includes(type));
  if (strange) throw new Error(`expected an MP4 file of ${KNOWN.join(', ')}, found ${strange.type} at byte ${strange.start}`);
  return [first, ...others];
}

export async function makeRoom(input: FileHandle, manifestBytes: number): Promise<ClipWithRoom> {
  const [first, ...others] = await clipBoxes(input);
  const pieces: Piece[] = [
    { type: first.type, source: first },
    { type: 'uuid', source: credentialsBox(Buffer.alloc(manifestBytes)) },
  ];
  for (const box of others) {
    const isIndex = box.type === 'moov';
    const source = isIndex ? shiftChunkOffsets(await contentOf(input, box), C2PA_HEAD_BYTES + manifestBytes) : box;
    pieces.push({ type: box.type, source });
  }
  return { input, pieces };
}

/** SHA-256 as `c2pa.hash.bmff.v3` wants it: every box that counts, and before each the place where it starts. */
export async function hardBinding({ pieces, input }: ClipWithRoom): Promise<Buffer> {
  const hash = createHash('sha256');
  let start = 0;
  for (const { type, source } of pieces) {
    if (!UNHASHED.some((name) => name === type)) {
      const place = Buffer.alloc(8);
      place.writeBigUInt64BE(BigInt(start));
      hash.update(place);
      for await (const bytes of bytesOf(input, source)) hash.update(bytes);
    }
    start += lengthOf(source);
  }
  return hash.digest();
}

export async function writeClip({ pieces, input }: ClipWithRoom, manifest: Uint8Array, output: FileHandle): Promise<void> {
  for (const { type, source } of pieces)
    for await (const bytes of bytesOf(input, type === 'uuid' ? credentialsBox(manifest) : source)) await output.writeFile(bytes);
}

function credentialsBox(manifest: Uint8Array): Buffer {
  const header = Buffer.from('\0\0\0\0uuid');
  header.writeUInt32BE(C2PA_HEAD_BYTES + manifest.byteLength);
  return Buffer.concat([header, C2PA_UUID, C2PA_PURPOSE, manifest]);
}

const lengthOf = (source: Box | Buffer): number => (Buffer.isBuffer(source) ? source.byteLength : source.end - source.start);

async function contentOf(input: FileHandle, box: Box): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const bytes of bytesOf(input, box)) parts.push(Buffer.from(bytes));
  return Buffer.concat(parts);
}

/** One buffer serves all: what is yielded is overwritten by the next. */
async function* bytesOf(input: FileHandle, source: Box | Buffer): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(source)) {
    yield source;
    return;
  }
  const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, source.end - source.start));
  for (let at = source.start; at < source.end; ) {
    const { bytesRead } = await input.read(buffer, 0, Math.min(buffer.byteLength, source.end - at), at);
    if (bytesRead === 0) throw new Error(`expected ${source.end - at} more bytes of ${source.type}, found the end of the file`);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
