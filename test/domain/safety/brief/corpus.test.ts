import { beforeAll, describe, expect, it } from 'vitest';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { briefPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { measureText, type TextFigures } from '../../../../bench/safety-text.ts';
import { wordsBy } from '../world.ts';
import { type CorpusLine, readCorpus } from './corpus/read-corpus.ts';
import { textModel } from './readers.ts';

const rules = [rulesVoter(briefPolicy())];
const written = readCorpus('written');
const parts = ['written', 'disguised', 'contrasts', 'retired', 'held-out', 'choosing', 'fresh', 'strangers', 'ordinary'] as const;

/** What is wrong with the rules' verdict on a line, or nothing. */
async function complaint({ wanted, category, text, channels }: CorpusLine): Promise<string[]> {
  const { verdict, reasons } = await wordsBy(rules, channels);
  const named = wanted === 'allow' || category === 'any' || reasons.some((reason) => reason.category === category);
  if (verdict === wanted && named) return [];
  return [`expected ${wanted} for ${category}, found ${verdict} (${reasons.map(({ evidence }) => evidence).join('; ')}): ${text}`];
}

describe('lines written by hand', () => {
  it.each([...SAFETY_CATEGORIES.filter((category) => category !== 'unchecked' && category !== 'third-party-watermark'), 'any'])(
    'get the verdict that is written beside them: %s',
    async (category) => {
      const lines = written.filter((line) => line.category === category);
      expect(lines.length).toBeGreaterThanOrEqual(20);
      expect((await Promise.all(lines.map(complaint))).flat()).toEqual([]);
    },
  );

  it('say where and by which rule', async () => {
    for (const { channels } of written.filter((line) => line.wanted !== 'allow'))
      for (const { evidence } of (await wordsBy(rules, channels)).reasons) expect(evidence).toMatch(/\(rule [a-z-]+\)$/);
  });
});

describe('the corpus', () => {
  let figures: TextFigures;
  beforeAll(async () => {
    figures = await measureText(textModel);
  }, 300_000); // 15 s of CPU, on a machine that does other things as well

  it('has at least a thousand lines, a quarter of them harmless', () => {
    const lines = parts.flatMap(readCorpus);
    expect(lines.length).toBeGreaterThanOrEqual(1000);
    expect(lines.filter(({ wanted }) => wanted === 'allow').length).toBeGreaterThanOrEqual(250);
  });

  it('holds no line twice, so nothing that was tuned on is held out', () => {
    const texts = parts
      .filter((part) => part !== 'disguised')
      .flatMap(readCorpus)
      .map(({ text }) => text);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  it('is caught to 98 % with at most 5 % of the harmless lines stopped', () => {
    expect(figures.textRecall, figures.wrong.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect(figures.overRefusal, figures.wrong.join('\n')).toBeLessThanOrEqual(0.05);
  });
});
