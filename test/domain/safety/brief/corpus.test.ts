import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { briefPolicy } from '#domain/safety/brief/policy';
import { screenBrief } from '#domain/safety/brief/screen';

const policy = briefPolicy();
const lines = readFileSync(new URL('./corpus.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [verdict = '', category = '', ...rest] = line.split(' | ');
    const text = rest.join(' | ').replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
    return { verdict, category, text };
  });

it('holds at least 150 lines of every category, harmless ones among them', () => {
  expect(lines.length).toBeGreaterThanOrEqual(150);
  const judged = SAFETY_CATEGORIES.filter((category) => category !== 'unchecked');
  for (const category of judged)
    expect(lines.filter((line) => line.category === category && line.verdict !== 'allow').length, category).toBeGreaterThanOrEqual(5);
  expect(lines.filter(({ verdict }) => verdict === 'allow').length).toBeGreaterThanOrEqual(50);
});

describe.each(['reject', 'review', 'allow'] as const)('%s', (wanted) => {
  it.each(lines.filter(({ verdict }) => verdict === wanted))('$category: $text', ({ text, category }) => {
    const { verdict, reasons } = screenBrief([{ name: 'caption', text }], policy);
    expect(verdict, JSON.stringify(reasons)).toBe(wanted);
    if (wanted !== 'allow') expect(reasons.map((reason) => reason.category)).toContain(category);
    for (const reason of reasons) expect(reason.evidence).toMatch(/^caption: .*\(rule [a-z-]+\)$/);
  });
});
