/** Bytes of a protobuf message: fields one after the other. */
export type Message = Buffer;

const VARINT = 0;
const LENGTH = 2;
const FLOAT = 5;

/** Seven bits a byte, the lowest first; negative numbers as 64-bit two's complement. */
function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}
const tag = (field: number, wire: number): Buffer => varint(field * 8 + wire);

export const integer = (field: number, value: number): Message => Buffer.concat([tag(field, VARINT), varint(value)]);
export const bytes = (field: number, value: Uint8Array): Message => Buffer.concat([tag(field, LENGTH), varint(value.length), value]);
export const text = (field: number, value: string): Message => bytes(field, Buffer.from(value));
export const message = (field: number, ...fields: readonly Message[]): Message => bytes(field, Buffer.concat(fields));

export function float(field: number, value: number): Message {
  const four = Buffer.alloc(4);
  four.writeFloatLE(value);
  return Buffer.concat([tag(field, FLOAT), four]);
}
