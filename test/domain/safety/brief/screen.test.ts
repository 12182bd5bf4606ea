import { describe, expect, it } from 'vitest';
import { SafetyVerdict } from '#contracts/verdict';
import type { TextVoter } from '#domain/ports';
import { lexicon } from '#domain/safety/brief/lexicon';
import { briefPolicy, loadPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { screenWords } from '#domain/safety/brief/screen';
import { compileTerm } from '#domain/safety/brief/terms';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { whose, wordsBy } from '../world.ts';
import { readersOf } from './readers.ts';

const policy = briefPolicy();
const harmless = [{ name: 'caption', text: 'Good morning' }];
const broken: TextVoter = {
  id: 'guardrail-text@1',
  sees: 'text',
  categories: ['hate'],
  read: () => Promise.reject(new Error('out of memory')),
};

it('sends a brief to review when a voter breaks, and says which and why', async () => {
  expect(await wordsBy([rulesVoter(policy), broken], harmless)).toMatchObject({
    verdict: 'review',
    reasons: [{ category: 'unchecked', voter: 'guardrail-text@1', evidence: expect.stringContaining('out of memory') }],
  });
});

it('still rejects what a rule rejects when another voter breaks', async () => {
  const { verdict, reasons } = await wordsBy([broken, rulesVoter(policy)], [{ name: 'caption', text: 'nazi' }]);
  expect(verdict).toBe('reject');
  expect(reasons.map(({ category }) => category)).toEqual(['hate', 'unchecked']);
});

it('passes nothing when nobody reads', async () => {
  expect((await wordsBy([], harmless)).verdict).toBe('review');
});

describe('words alone', () => {
  const released = effectivePolicy();

  it('are judged by the lexicon and the learned voter', async () => {
    expect((await screenWords(harmless, readersOf(released), released, whose)).verdict).toBe('allow');
    expect(await screenWords([{ name: 'note', text: 'n a z i parade to kill them' }], readersOf(released), released, whose)).toMatchObject({
      verdict: 'reject',
      ballots: [{ voter: `rules@${policy.version}` }, { voter: 'learned-text@5' }],
    });
  });

  it('are asked about when the lexicon breaks', async () => {
    const lexicon = {
      ...policy,
      get combinations(): never {
        throw new Error('torn');
      },
    };
    expect(await screenWords(harmless, readersOf({ lexicon }), released, whose)).toMatchObject({
      verdict: 'review',
      reasons: [{ category: 'unchecked' }],
    });
  });

  it('are asked about when the learned voter is not there', async () => {
    const { text, patience } = readersOf(released);
    expect(await screenWords(harmless, { text: text.slice(0, 1), patience }, released, whose)).toMatchObject({
      verdict: 'review',
      reasons: [{ category: 'unchecked', voter: 'learned-text' }],
    });
  });
});

it('rejects minors and anything sexual in one brief, even in different shots', async () => {
  const { verdict, reasons } = await wordsBy(
    [rulesVoter(policy)],
    [
      { name: 'storyboard[0].description', text: 'kids at the pool' },
      { name: 'storyboard[7].caption', text: 'so sexy' },
    ],
  );
  expect(verdict).toBe('reject');
  expect(reasons[0]).toMatchObject({
    category: 'minors',
    score: 1,
    evidence: 'storyboard[0].description: "kids" together with storyboard[7].caption: "sexy" (rule sexual-and-minor)',
  });
});

it('keeps harmless neighbours apart: children in one shot, wine in another', async () => {
  const { verdict } = await wordsBy(
    [rulesVoter(policy)],
    [
      { name: 'a', text: 'children play' },
      { name: 'b', text: 'a glass of wine' },
    ],
  );
  expect(verdict).toBe('allow');
});

it('fits a verdict into its contract however much is wrong', async () => {
  const channels = Array.from({ length: 120 }, (_, index) => ({
    name: `storyboard[${index}].description`,
    text: `nazi porn kill everyone ${'cocaine '.repeat(100)}`,
  }));
  const verdict = SafetyVerdict.parse(await wordsBy([rulesVoter(policy)], channels));
  expect(verdict.verdict).toBe('reject');
  expect(verdict.reasons).toHaveLength(50);
});

it('names the policy by its words: the same file has the same hash, another word another one', () => {
  expect(loadPolicy(structuredClone(lexicon)).sha256).toBe(policy.sha256);
  expect(loadPolicy({ ...lexicon, allow: [...lexicon.allow, 'another phrase'] }).sha256).not.toBe(policy.sha256);
});

it.each([
  ['an unknown key', { ...lexicon, surprise: 1 }],
  ['no rules', { ...lexicon, rules: [] }],
  ['an id twice', { ...lexicon, rules: [...lexicon.rules, lexicon.rules[0]] }],
  ['a combination of a rule that is not there', { ...lexicon, combinations: [{ ...lexicon.combinations[0], rule: 'nothing' }] }],
  ['a term in capitals', { ...lexicon, allow: ['Killer deal'] }],
])('refuses to screen with a policy that has %s', (_, file) => {
  expect(() => loadPolicy(file)).toThrow();
});

it.each(['', ' ', '~2', '~2 kill', 'kill  him', 'kill ~0 him', 'Kill', 'kill|', '*', 'k*ll', 'a-b'])('takes %j for no term', (text) => {
  expect(() => compileTerm(text)).toThrow(/term/);
});
