import { describe, expect, it } from 'vitest';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { briefPolicy } from '#domain/safety/brief/policy';
import { screenBrief } from '#domain/safety/brief/screen';
import { measureText } from '../../../../bench/safety-text.ts';
import { type CorpusLine, readCorpus } from './corpus/read-corpus.ts';

const policy = briefPolicy();
const written = readCorpus('written');
const parts = ['written', 'disguised', 'contrasts', 'retired', 'held-out', 'fresh'] as const;
const figures = measureText(policy);

/** What is wrong with the verdict on a line, or nothing. */
function complaint({ wanted, category, text, channels }: CorpusLine): string[] {
  const { verdict, reasons } = screenBrief(channels, policy);
  const named = wanted === 'allow' || category === 'any' || reasons.some((reason) => reason.category === category);
  if (verdict === wanted && named) return [];
  return [`expected ${wanted} for ${category}, found ${verdict} (${reasons.map(({ evidence }) => evidence).join('; ')}): ${text}`];
}

describe('lines written by hand', () => {
  it.each([...SAFETY_CATEGORIES.filter((category) => category !== 'unchecked' && category !== 'third-party-watermark'), 'any'])(
    'get the verdict that is written beside them: %s',
    (category) => {
      const lines = written.filter((line) => line.category === category);
      expect(lines.length).toBeGreaterThanOrEqual(20);
      expect(lines.flatMap(complaint)).toEqual([]);
    },
  );

  it('say where and by which rule or words', () => {
    for (const { channels } of written.filter((line) => line.wanted !== 'allow'))
      for (const { evidence, voter } of screenBrief(channels, policy).reasons)
        expect(evidence).toMatch(voter.startsWith('rules@') ? /\(rule [a-z-]+\)$/ : /mostly because of "/);
  });
});

describe('the corpus', () => {
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
