import { expect, it } from 'vitest';
import { SafetyVerdict } from '#contracts/verdict';
import { lexicon } from '#domain/safety/brief/lexicon';
import { briefPolicy, loadPolicy } from '#domain/safety/brief/policy';
import { type BriefCheck, rulesCheck, screenBrief } from '#domain/safety/brief/screen';
import { compileTerm } from '#domain/safety/brief/terms';

const policy = briefPolicy();
const harmless = [{ name: 'caption', text: 'Good morning' }];
const broken: BriefCheck = {
  voter: 'model@3',
  run: () => {
    throw new Error('out of memory');
  },
};

it('sends a brief to review when a check breaks, and says which and why', () => {
  expect(screenBrief(harmless, policy, [rulesCheck(policy), broken])).toMatchObject({
    verdict: 'review',
    reasons: [{ category: 'unchecked', voter: 'model@3', evidence: expect.stringContaining('out of memory') }],
  });
});

it('still rejects what another check rejects when one breaks', () => {
  const { verdict, reasons } = screenBrief([{ name: 'caption', text: 'nazi' }], policy, [broken, rulesCheck(policy)]);
  expect(verdict).toBe('reject');
  expect(reasons.map(({ category }) => category)).toEqual(['hate', 'unchecked']);
});

it('passes nothing when there is no check at all', () => {
  expect(screenBrief(harmless, policy, []).verdict).toBe('review');
});

it('rejects minors and anything sexual in one brief, even in different shots', () => {
  const { verdict, reasons } = screenBrief(
    [
      { name: 'storyboard[0].description', text: 'kids at the pool' },
      { name: 'storyboard[7].caption', text: 'so sexy' },
    ],
    policy,
  );
  expect(verdict).toBe('reject');
  expect(reasons[0]).toMatchObject({
    category: 'minors',
    score: 1,
    evidence: 'storyboard[0].description: "kids" together with storyboard[7].caption: "sexy" (rule sexual-and-minor)',
  });
});

it('keeps harmless neighbours apart: children in one shot, wine in another', () => {
  expect(
    screenBrief(
      [
        { name: 'a', text: 'children play' },
        { name: 'b', text: 'a glass of wine' },
      ],
      policy,
    ).verdict,
  ).toBe('allow');
});

it('fits a verdict into its contract however much is wrong', () => {
  const channels = Array.from({ length: 120 }, (_, index) => ({
    name: `storyboard[${index}].description`,
    text: `nazi porn kill everyone ${'cocaine '.repeat(100)}`,
  }));
  const verdict = SafetyVerdict.parse(screenBrief(channels, policy));
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
