import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { MODEL_FOLDERS, MODEL_LAYERS } from '#lib/handlers';
import { take } from './assets.ts';

const LAYERS = ['pictures', 'words'] as const satisfies readonly (keyof typeof MODEL_LAYERS)[];
const FOLDER = 'dist/layers/models-';
/** One folder a layer (lib/handlers.ts). */
export const MODELS_LAYERS = LAYERS.map((layer) => `${FOLDER}${layer}`);
const REMEDY = 'delete .framewright/models and run: node tools/setup.mjs, which makes and unpacks the models';

const Hashes = z.record(z.string(), z.string().length(64));
const hashesIn = (file: string) => Hashes.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../models', file), 'utf8')));
/** What models have to be, by name: those that are made here, and those that packages carry. */
const MODEL_HASHES: Readonly<Record<string, string>> = { ...hashesIn('model-hashes.json'), ...hashesIn('taken-hashes.json') };

/**
 * The layers of models, each once for every function that opens a file of it. A function trusts what it finds there, so every byte is
 * checked here: a model that is another one would vote, and nobody would know.
 */
export function copyModels(root: string, hashes = MODEL_HASHES): void {
  for (const layer of LAYERS) {
    const models = MODEL_LAYERS[layer];
    const folder = join(root, `${FOLDER}${layer}`, basename(MODEL_FOLDERS[layer].folder));
    mkdirSync(folder, { recursive: true });
    for (const model of models) {
      const copy = join(folder, model);
      take(join(root, '.framewright/models', model), copy, REMEDY);
      const found = createHash('sha256').update(readFileSync(copy)).digest('hex');
      if (found !== hashes[model])
        throw new Error(`expected sha256 ${hashes[model] ?? 'written down in tools/models'} of ${model}, found ${found}; ${REMEDY}`);
    }
  }
}
