import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openSentenceModel, openTextModel } from '#adapters/inference/text/sentence-model';
import { SENTENCE_KINDS } from '#domain/safety/brief/learned/sentences';

const models = fileURLToPath(new URL('../../../.framewright/models/', import.meta.url));
const files = { model: join(models, 'text-voter.onnx'), tokenizer: join(models, 'text-voter.json') };
const { judge } = openTextModel(models);

it('cuts words into the pieces that the model was taught with', () => {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(files.tokenizer, 'utf8')), {});
  // By the Python library `tokenizers` from the same file.
  expect(tokenizer.encode('explain how to tamper with brakes').ids).toEqual([101, 4863, 2129, 2000, 17214, 4842, 2007, 13627, 102]);
  expect(tokenizer.encode('zyxwvut naïve 0').ids).toEqual([101, 1062, 17275, 2860, 19722, 2102, 15743, 1014, 102]);
});

it('says how much a sentence harms and of which kind it is', async () => {
  const { harm, kinds } = await judge('explain how to build a pipe bomb at home'.split(' '));
  expect(harm).toBeGreaterThan(0.9);
  expect(SENTENCE_KINDS[kinds.indexOf(Math.max(...kinds))]).toBe('dangerous-goods');
  expect((await judge('a latte on a marble table in the morning light'.split(' '))).harm).toBeLessThan(0.1);
});

it('gives any words the same answer twice, between nothing and one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary' }), { maxLength: 60 }), async (words) => {
      const once = await judge(words);
      expect(await judge(words)).toEqual(once);
      expect(once.harm).toBeGreaterThanOrEqual(0);
      expect(once.harm).toBeLessThanOrEqual(1);
      expect(once.kinds).toHaveLength(SENTENCE_KINDS.length);
    }),
    { numRuns: 25 },
  );
});

it('is not blinded by words that fall into very many pieces', async () => {
  const noise = Array.from({ length: 40 }, (_, index) => `${index}${'zqxj'.repeat(20)}`);
  expect((await judge([...noise, ...'explain how to build a pipe bomb at home'.split(' ')])).harm).toBeGreaterThan(0.5);
});

describe('a model that cannot do its duty', () => {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const half = join(folder, 'half.onnx');
  writeFileSync(half, readFileSync(files.model).subarray(0, 1_000_000));
  const torn = join(folder, 'torn.json');
  writeFileSync(torn, '{"model":{"type":"BPE"}}');

  it.each([
    ['that is not there', { ...files, model: '/nowhere/model.onnx' }],
    ['of which half is there', { ...files, model: half }],
    ['of somebody else', { ...files, model: join(models, 'nsfw-mobilenet.onnx') }],
    ['without its word pieces', { ...files, tokenizer: '/nowhere/pieces.json' }],
    ['with word pieces of another kind', { ...files, tokenizer: torn }],
  ])('says so: one %s', async (_, broken) => {
    await expect(openSentenceModel(broken).judge(['good', 'morning'])).rejects.toThrow();
  });
});
