import { type Box, boxesInside } from './mp4-boxes.ts';

/** Where an index keeps the places of its samples. */
const WAY_TO_TABLES = ['moov', 'trak', 'mdia', 'minf', 'stbl'] as const;
/** Box of 32-bit and box of 64-bit offsets. */
const TABLES: Readonly<Record<string, 4 | 8>> = { stco: 4, co64: 8 };
/** Version, flags and number of entries come before the entries. */
const TABLE_HEAD_BYTES = 8;

/** A copy of an index (`moov`, whole) for a file in which all samples lie `shift` bytes further back. */
export function shiftChunkOffsets(moov: Buffer, shift: number): Buffer {
  const shifted = Buffer.from(moov);
  let boxes = boxesInside(shifted, { content: 0, end: shifted.byteLength });
  for (const type of WAY_TO_TABLES) boxes = boxes.filter((box) => box.type === type).flatMap((box) => boxesInside(shifted, box));
  for (const box of boxes) {
    const width = TABLES[box.type];
    if (width) shiftTable(shifted, box, width, shift);
  }
  return shifted;
}

function shiftTable(bytes: Buffer, { type, content, end }: Box, width: 4 | 8, shift: number): void {
  const first = content + TABLE_HEAD_BYTES;
  const count = first <= end ? bytes.readUInt32BE(first - 4) : 0;
  if (first + count * width > end) throw new Error(`expected a table of ${count} offsets in ${type}, found one that is cut off`);
  for (let at = first; at < first + count * width; at += width) {
    if (width === 8) {
      bytes.writeBigUInt64BE(bytes.readBigUInt64BE(at) + BigInt(shift), at);
      continue;
    }
    const offset = bytes.readUInt32BE(at) + shift;
    if (offset > 0xffff_ffff) throw new Error('expected a clip below 4 GiB, or one with 64-bit offsets; found one that grows past it');
    bytes.writeUInt32BE(offset, at);
  }
}
