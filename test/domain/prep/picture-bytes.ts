/** Smallest files that carry a header; none of them has pixels. */

const text = (value: string): number[] => [...value].map((character) => character.charCodeAt(0));
const uint32 = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const chunk = (type: string, body: readonly number[]): number[] => [...uint32(body.length), ...text(type), ...body, 0, 0, 0, 0];

export const pngOf = (width: number, height: number, before: readonly (readonly [string, readonly number[]])[] = []): Uint8Array =>
  Uint8Array.from([
    ...[0x89, ...text('PNG\r\n'), 0x1a, 0x0a],
    ...chunk('IHDR', [...uint32(width), ...uint32(height), 8, 2, 0, 0, 0]),
    ...before.flatMap(([type, body]) => chunk(type, body)),
    ...chunk('IDAT', []),
  ]);

export const jpegOf = (width: number, height: number, { process = 0xc0, scans = 1 } = {}): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
    ...[0xff, process, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
    ...Array.from({ length: scans }, () => [0xff, 0xda, 0, 2]).flat(),
  ]);

export const webpOf = (width: number, height: number, { animated = false } = {}): Uint8Array => {
  const uint24 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255];
  return Uint8Array.from([
    ...[...text('RIFF'), 0, 0, 0, 0, ...text('WEBPVP8X'), 10, 0, 0, 0],
    ...[animated ? 2 : 0, 0, 0, 0, ...uint24(width - 1), ...uint24(height - 1)],
  ]);
};
