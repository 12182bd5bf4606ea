/** What COSE needs of CBOR (RFC 8949), in its deterministic form. */
export type Cbor = number | string | Uint8Array | null | readonly Cbor[] | ReadonlyMap<number, Cbor> | Tagged;

export interface Tagged {
  readonly tag: number;
  readonly content: Cbor;
}

/** The upper three bits of an item's first byte. */
const Major = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 } as const;
const NULL = Buffer.from([0xf6]);

export function cbor(value: Cbor): Buffer {
  if (value === null) return NULL;
  if (typeof value === 'number') return value < 0 ? head(Major.negative, -1 - value) : head(Major.unsigned, value);
  if (typeof value === 'string') return Buffer.concat([head(Major.text, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(Major.bytes, value.byteLength), value]);
  if (value instanceof Map) return Buffer.concat([head(Major.map, value.size), ...[...value].flat().map(cbor)]);
  if ('tag' in value) return Buffer.concat([head(Major.tag, value.tag), cbor(value.content)]);
  const items = [...(value as readonly Cbor[])];
  return Buffer.concat([head(Major.array, items.length), ...items.map(cbor)]);
}

/** The number goes into the first byte when it is small, else into the 1, 2 or 4 bytes after it. */
function head(major: number, count: number): Buffer {
  if (!Number.isSafeInteger(count) || count > 0xffff_ffff)
    throw new RangeError(`expected a whole number of at most 32 bits, found ${count}`);
  const first = major << 5;
  if (count < 24) return Buffer.from([first | count]);
  if (count < 0x100) return Buffer.from([first | 24, count]);
  const bytes = Buffer.alloc(count < 0x1_0000 ? 3 : 5);
  bytes[0] = first | (count < 0x1_0000 ? 25 : 26);
  bytes.writeUIntBE(count, 1, bytes.byteLength - 1);
  return bytes;
}
