import type { FileHandle } from 'node:fs/promises';

/** A box of an MP4 file: its first byte, its content's first byte, and the byte after its last. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

const HEADER_BYTES = 8;
/** With a size of 64 bits, for what is larger than 4 GiB. */
const LARGE_HEADER_BYTES = 16;
const SIZE_FOLLOWS = 1;
const TO_THE_END = 0;

/** Reads a box's header; `limit` is where whatever holds the box ends. */
function boxAt(header: Buffer, start: number, limit: number): Box {
  const isShort = header.byteLength < HEADER_BYTES;
  const stated = isShort ? 0 : header.readUInt32BE(0);
  const isLarge = stated === SIZE_FOLLOWS && header.byteLength >= LARGE_HEADER_BYTES;
  const size = isLarge ? Number(header.readBigUInt64BE(HEADER_BYTES)) : stated === TO_THE_END ? limit - start : stated;
  const content = start + (isLarge ? LARGE_HEADER_BYTES : HEADER_BYTES);
  if (isShort || content > start + size || start + size > limit)
    throw new Error(`expected an MP4 box at byte ${start}, found one that does not fit before byte ${limit}`);
  return { type: header.toString('latin1', 4, HEADER_BYTES), start, content, end: start + size };
}

/** The boxes that a file consists of. */
export async function boxesOfFile(file: FileHandle): Promise<Box[]> {
  const { size } = await file.stat();
  const boxes: Box[] = [];
  for (let at = 0; at < size; at = boxes.at(-1)?.end ?? size) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LARGE_HEADER_BYTES), 0, LARGE_HEADER_BYTES, at);
    boxes.push(boxAt(buffer.subarray(0, bytesRead), at, size));
  }
  return boxes;
}

/** The boxes inside a box whose content is nothing but boxes. */
export function boxesInside(bytes: Buffer, { content, end }: Pick<Box, 'content' | 'end'>): Box[] {
  const boxes: Box[] = [];
  for (let at = content; at < end; at = boxes.at(-1)?.end ?? end) boxes.push(boxAt(bytes.subarray(at, end), at, end));
  return boxes;
}
