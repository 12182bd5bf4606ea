import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { handlers, modelFiles } from '#lib/handlers';
import { entries } from '../../../tools/bundle/entries.ts';
import { filesBelow } from '../../../tools/bundle/natives.ts';
import { type Size, sizesOf } from '../../../tools/bundle/sizes.ts';
import { bundle, thisMachine } from '../../../tools/bundle.ts';

const root = join(import.meta.dirname, '../../..');

/** A zip of code alone: half a second of a cold start is spent on fetching and unpacking what is larger. */
const CODE_ONLY_BYTES = 300_000;
/** Archives for a local AWS are made quickly, and a tenth larger (tools/bundle.ts). */
const QUICK_ARCHIVE_BYTES = 1.1 * CODE_ONLY_BYTES;
/** Lambda refuses more, unpacked, layers included. */
const LAMBDA_UNPACKED_BYTES = 250 * 1024 * 1024;

/** onnxruntime for one machine is 18 MB of it. A picture library would be 8 MB more: frames come from ffmpeg, and PNG is written by zlib. */
const SCREENING_BYTES = 20_000_000;

/** Who reads words with the lexicon: 1,500 terms and 50,000 words of English, which tell `therapist` from what it can be cut into. */
const READS_WORDS = ['review/api', 'review/decide', 'safety/screen-brief', 'safety/screen-clip'];
/** The lexicon's 600 kB. */
const WITH_LEXICON_BYTES = 1_000_000;

/** Entries that carry native libraries, and why; their code alone still keeps the limit. */
const WITH_NATIVES: Readonly<Record<string, string>> = {
  'prep/normalize-assets': 'sharp decodes pictures, onnxruntime-node finds the product',
  'safety/screen-brief': 'sharp opens the pictures, onnxruntime-node looks at them and reads them',
  'safety/screen-clip': 'onnxruntime-node looks at frames and reads them',
  'review/api': 'onnxruntime-node reads what a reviewer types',
  'review/decide': 'onnxruntime-node reads what a reviewer types',
  'publish/sign-and-deliver': 'c2pa-rs signs, 9 MB of WebAssembly',
  'motion-diffusers': 'sharp reads the product picture; the models and their Python packages are not with it',
  'motion-tiny': 'onnxruntime-node runs our own model, whose weights are not with it',
  post: 'sharp draws layers, poster and contact sheet, and the font is with it',
};

let sizes: readonly Size[];
beforeAll(async () => {
  await bundle(root, thisMachine());
  sizes = sizesOf(root, entries(root));
}, 120_000);

it('keeps the bundled code of every entry under 300 kB compressed, and 1 MB with the lexicon', () => {
  expect(sizes.length).toBeGreaterThan(10);
  const limit = (name: string): number => (READS_WORDS.includes(name) ? WITH_LEXICON_BYTES : CODE_ONLY_BYTES);
  expect(sizes.filter(({ name, codeGzipBytes }) => codeGzipBytes > limit(name))).toEqual([]);
});

it('keeps every archive under 330 kB but those that carry a native library or the lexicon', () => {
  const large = sizes.filter(({ zipBytes }) => zipBytes > QUICK_ARCHIVE_BYTES).map(({ name }) => name);
  expect(large.sort()).toEqual([...new Set([...Object.keys(WITH_NATIVES), ...READS_WORDS])].sort());
});

it('keeps what screens clips under 20 MB compressed', () => {
  const folder = join(root, 'dist/lambdas/safety/screen-clip');
  const code = filesBelow(folder);
  const bytes = code.reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0);
  expect(bytes).toBeLessThan(SCREENING_BYTES);
});

it('keeps every function under what Lambda unpacks, with its layers', () => {
  const layer = (name: string): number => filesBelow(join(root, 'dist/layers', name)).reduce((sum, file) => sum + statSync(file).size, 0);
  const unpacked = sizes.map(({ name, rawBytes }) => {
    const [, spec] = handlers.find(([handler]) => handler === name) ?? [];
    return {
      name,
      bytes:
        rawBytes + (spec?.media ? layer('ffmpeg') : 0) + (spec?.models ?? []).reduce((sum, models) => sum + layer(`models-${models}`), 0),
    };
  });
  expect(unpacked.filter(({ bytes }) => bytes > LAMBDA_UNPACKED_BYTES)).toEqual([]);
});

it('carries each model once, in a layer, and none beside code', () => {
  const models = filesBelow(join(root, 'dist')).filter((file) => file.endsWith('.onnx'));
  expect(models.map((file) => basename(file)).sort()).toEqual(modelFiles().filter((file) => file.endsWith('.onnx')));
});
