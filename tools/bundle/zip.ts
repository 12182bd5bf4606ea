import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** 1 January 2026: a fixed date, so that equal files give an equal archive. */
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;
const STORED = 0;
const DEFLATED = 8;
/** Of a file that is not worth compressing, this much tells it: weights of a model look alike from end to end. */
const PROBE_BYTES = 256 * 1024;
/** Four models shrink by 7 %, everything else by a fifth to nine tenths. Deflating those costs a second of CPU, unpacking them another. */
const WORTH_DEFLATING = 0.9;
/** UTF-8 names. */
const FLAGS = 0x0800;
const VERSION = 20;
const MADE_BY_UNIX = (3 << 8) | VERSION;
const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;

interface Packed {
  readonly crc: number;
  readonly method: typeof STORED | typeof DEFLATED;
  readonly packed: Buffer;
  readonly bytes: number;
}

interface Member extends Packed {
  readonly name: Buffer;
  readonly mode: number;
}

/** Packed contents by hash: a native library that several archives carry is compressed for the first of them only. */
export type PackedFiles = Map<string, Promise<Packed>>;

async function packed(body: Buffer, level: number): Promise<Packed> {
  const probe = body.subarray(0, PROBE_BYTES);
  const isWorthIt = body.byteLength <= PROBE_BYTES || deflateRawSync(probe, { level }).byteLength < probe.byteLength * WORTH_DEFLATING;
  return {
    crc: crc32(body),
    method: isWorthIt ? DEFLATED : STORED,
    packed: isWorthIt ? await deflate(body, { level }) : body,
    bytes: body.byteLength,
  };
}

function packedOnce(body: Buffer, level: number, seen: PackedFiles): Promise<Packed> {
  const key = `${level} ${createHash('sha256').update(body).digest('hex')}`;
  const found = seen.get(key) ?? packed(body, level);
  seen.set(key, found);
  return found;
}

async function pack(folder: string, file: string, level: number, seen: PackedFiles): Promise<Member> {
  const body = readFileSync(file);
  return {
    name: Buffer.from(relative(folder, file).split('\\').join('/')),
    // readable by all, executable when the file is: Lambda and CodeBuild unpack as another user
    mode: statSync(file).mode & 0o100 ? 0o100755 : 0o100644,
    ...(await packedOnce(body, level, seen)),
  };
}

function localHeader({ name, crc, method, packed, bytes }: Member): Buffer {
  const header = Buffer.alloc(LOCAL_HEADER_BYTES);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(FLAGS, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed.byteLength, 18);
  header.writeUInt32LE(bytes, 22);
  header.writeUInt16LE(name.byteLength, 26);
  return header;
}

function centralHeader({ name, mode, crc, method, packed, bytes }: Member, offset: number): Buffer {
  const header = Buffer.alloc(CENTRAL_HEADER_BYTES);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_BY_UNIX, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(FLAGS, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt16LE(DOS_DATE, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed.byteLength, 20);
  header.writeUInt32LE(bytes, 24);
  header.writeUInt16LE(name.byteLength, 28);
  header.writeUInt32LE(mode * 0x10000, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}

/**
 * Writes `files` of `folder` into one zip whose bytes depend on names, contents and modes alone. Files are compressed side by side.
 * Meant for what Lambda takes: below 65,535 files and 4 GiB. Archives that are given the same `seen` share the work on equal files.
 * Returns the archive's size in bytes.
 */
export async function writeZip(
  folder: string,
  files: readonly string[],
  archive: string,
  level: number,
  seen: PackedFiles = new Map(),
): Promise<number> {
  const members = await Promise.all(files.map((file) => pack(folder, file, level, seen)));
  const output = openSync(archive, 'w');
  let offset = 0;
  const append = (bytes: Buffer): void => {
    let written = 0;
    while (written < bytes.byteLength) written += writeSync(output, bytes, written);
    offset += bytes.byteLength;
  };
  try {
    const central: Buffer[] = [];
    for (const member of members) {
      central.push(centralHeader(member, offset), member.name);
      for (const part of [localHeader(member), member.name, member.packed]) append(part);
    }
    const start = offset;
    append(Buffer.concat(central));
    const end = Buffer.alloc(END_BYTES);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(members.length, 8);
    end.writeUInt16LE(members.length, 10);
    end.writeUInt32LE(offset - start, 12);
    end.writeUInt32LE(start, 16);
    append(end);
  } finally {
    closeSync(output);
  }
  return offset;
}
