import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handlers, MODEL_LAYERS } from '#lib/handlers';
import { hashOf, MODEL_HASHES, madeModels, makeModel } from '../../../tools/models/convert.ts';
import { OnnxGraph } from '../../../tools/models/onnx/graph.ts';
import { WeightsFile } from '../../../tools/models/tfjs/weights.ts';

const root = join(import.meta.dirname, '../../..');

describe('models that are made from packages', () => {
  it.each(madeModels())(
    '%s is the same file every time, with the hash that is written down',
    (name) => {
      expect(hashOf(makeModel(root, name))).toBe(MODEL_HASHES[name]);
      expect(hashOf(readFileSync(join(root, '.framewright/models', name)))).toBe(MODEL_HASHES[name]);
    },
    60_000,
  );

  it('keep their weights in eight bits', () => {
    expect(statSync(join(root, '.framewright/models/nsfw-mobilenet.onnx')).size).toBeLessThan(3_000_000);
    expect(statSync(join(root, '.framewright/models/nsfw-inception.onnx')).size).toBeLessThan(23_000_000);
  });

  it('all travel with the function that screens clips', () => {
    const [, screening] = handlers.find(([name]) => name === 'safety/screen-clip') ?? [];
    const carried: readonly string[] = (screening?.models ?? []).flatMap((layer) => MODEL_LAYERS[layer]);
    expect(carried).toEqual(expect.arrayContaining(madeModels()));
  });
});

describe('weights', () => {
  const tensor = { name: 'w', shape: [1, 2], dtype: 'float32' as const, quantization: { dtype: 'uint8' as const, scale: 0.5, min: -1 } };
  it('are told apart by the manifest', () => {
    const weights = new WeightsFile([tensor, { name: 'b', shape: [1], dtype: 'float32' }], Buffer.from([0, 4, 0, 0, 128, 63]));
    expect([...weights.floats('w'), ...weights.floats('b')]).toEqual([-1, 1, 1]);
    expect(() => weights.floats('x')).toThrow('expected weights named x, found none');
  });
  it('are refused when the file is longer or shorter', () => {
    expect(() => new WeightsFile([tensor], Buffer.alloc(3))).toThrow('expected 2 bytes of weights, found 3');
    expect(() => new WeightsFile([tensor], Buffer.alloc(1))).toThrow('expected 2 bytes of w, found 1');
  });
  it('that are equal and small are written once', () => {
    const graph = new OnnxGraph();
    expect(graph.floats([1, 2], [2])).toBe(graph.floats([1, 2], [2]));
    expect(graph.floats([1, 2], [2])).not.toBe(graph.floats([1, 2], [1, 2]));
  });
});
