import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { MODEL_FOLDERS, MODEL_LAYERS, modelFiles } from '#lib/handlers';
import { copyModels } from '../../../tools/bundle/models-layer.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a layer of models', () => {
  const hashes = Object.fromEntries(modelFiles().map((name) => [name, hashOf(`weights of ${name}`)]));
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'layer-'));
    onTestFinished(() => rmSync(root, { recursive: true }));
    mkdirSync(join(root, '.framewright/models'), { recursive: true });
    for (const name of modelFiles()) writeFileSync(source(name), `weights of ${name}`);
  });
  const source = (name: string): string => join(root, '.framewright/models', name);

  it('holds what functions open, byte by byte, and nothing else', () => {
    writeFileSync(source('made.json'), '{}');
    copyModels(root, hashes);
    for (const [name, models] of Object.entries(MODEL_LAYERS)) {
      const layer = join(root, `dist/layers/models-${name}`);
      const [folder = ''] = readdirSync(layer);
      expect(`/opt/${folder}`).toBe(name === 'words' ? MODEL_FOLDERS.words.folder : MODEL_FOLDERS.pictures.folder);
      expect(readdirSync(join(layer, folder)).sort()).toEqual([...models].sort());
      for (const model of models) expect(readFileSync(join(layer, folder, model), 'utf8')).toBe(`weights of ${model}`);
    }
  });

  it.each(modelFiles())('is not made without %s, nor with another file of its name', (name) => {
    writeFileSync(source(name), `other weights of ${name}`);
    expect(() => copyModels(root, hashes)).toThrow(
      `expected sha256 ${hashes[name]} of ${name}, found ${hashOf(`other weights of ${name}`)}`,
    );
    rmSync(source(name));
    expect(() => copyModels(root, hashes)).toThrow(`expected ${source(name)}, found nothing`);
  });

  it('is not made with a model whose hash nobody wrote down', () => {
    const { 'text-voter.onnx': _, ...few } = hashes;
    expect(() => copyModels(root, few)).toThrow('written down in tools/models of text-voter.onnx');
  });

  it('is checked by hashes of the models that are really shipped', () => {
    expect(() => copyModels(root)).toThrow(/expected sha256 [0-9a-f]{64} of open-nsfw\.onnx, found/);
  });
});
