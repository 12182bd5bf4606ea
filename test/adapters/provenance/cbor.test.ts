import { expect, it } from 'vitest';
import { type Cbor, cbor } from '#adapters/provenance/cbor';

/** From RFC 8949, appendix A. */
const EXAMPLES: readonly (readonly [Cbor, string])[] = [
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [100, '1864'],
  [1_000, '1903e8'],
  [1_000_000, '1a000f4240'],
  [-1, '20'],
  [-100, '3863'],
  [null, 'f6'],
  [new Uint8Array(), '40'],
  [Buffer.from('01020304', 'hex'), '4401020304'],
  ['', '60'],
  ['ü', '62c3bc'],
  [[], '80'],
  [[1, [2, 3], [4, 5]], '8301820203820405'],
  [
    new Map([
      [1, 2],
      [3, 4],
    ]),
    'a201020304',
  ],
  [{ tag: 1, content: 1_363_896_240 }, 'c11a514b67b0'],
];

it('writes what the standard writes', () => {
  expect(EXAMPLES.map(([value]) => cbor(value).toString('hex'))).toEqual(EXAMPLES.map(([, bytes]) => bytes));
});

it('refuses a number that it would write wrong', () => {
  expect(() => cbor(1.5)).toThrow(/whole number.*1\.5/);
  expect(() => cbor(2 ** 32)).toThrow(/32 bits/);
});
