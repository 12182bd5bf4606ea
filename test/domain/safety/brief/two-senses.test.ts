import { describe, expect, it } from 'vitest';
import { lexicon } from '#domain/safety/brief/lexicon';
import { briefPolicy, loadPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';

const policy = briefPolicy();
const asked: string[] = [];
const always = (answer: boolean) => async (text: string) => {
  asked.push(text);
  return answer;
};
const rulesOf = async (text: string, sense?: (text: string) => Promise<boolean>) =>
  (await rulesVoter(policy, sense).read([{ name: 'caption', text }])).map(({ rule }) => rule);

describe('a word of two senses', () => {
  const text = 'the axe bites into the oak and chips fly';

  it('counts where nobody knows the sense of the sentence', async () => {
    expect(await rulesOf('a rifle over the fireplace')).toEqual(['dangerous-goods']);
    expect(await rulesOf('a rifle over the fireplace', always(false))).toEqual(['dangerous-goods']);
  });

  it('does not where the sentence is surely harmless', async () => {
    expect(await rulesOf('a rifle over the fireplace', always(true))).toEqual([]);
  });

  it('counts when the sense cannot be told', async () => {
    expect(await rulesOf('a rifle over the fireplace', () => Promise.reject(new Error('no model')))).toEqual(['dangerous-goods']);
  });

  it('is asked about once a text, and not where no such word stands', async () => {
    asked.length = 0;
    await rulesOf('a rifle and a pistol in the war', always(false));
    await rulesOf(text.replace('axe', 'saw'), always(false));
    expect(asked).toEqual(['a rifle and a pistol in the war']);
  });

  it('counts in what is too much to be asked about, so that no flood of words silences a rule', async () => {
    asked.length = 0;
    expect(await rulesOf(`a rifle ${'over the fireplace '.repeat(1_500)}`, always(true))).toEqual(['dangerous-goods']);
    const channels = Array.from({ length: 400 }, (_, index) => ({ name: `${index}`, text: `rifle ${index} ${'x'.repeat(90)}` }));
    expect((await rulesVoter(policy, always(true)).read(channels)).length).toBeGreaterThan(100);
    expect(asked.join('').length).toBeLessThanOrEqual(20_000);
  });

  it('is never excused when it is spread over captions: no single text says what they mean together', async () => {
    const captions = ['KILL', 'THEM', 'ALL'].map((words, index) => ({ name: `storyboard[${index}].caption`, text: words }));
    expect(await rulesVoter(policy, always(true)).read(captions)).not.toEqual([]);
  });
});

it.each(['nazi', 'porn', 'Elon Musk', 'vote for the party', 'Pikachu', 'kids drink wine'])(
  'a rule that refuses, a name, politics and a minor are no matter of sense: %s',
  async (text) => expect(await rulesOf(text, always(true))).not.toEqual([]),
);

it('only rules that ask a person may leave the decision to the sense', () => {
  for (const rule of lexicon.rules) if ('sense' in rule) expect(rule).toMatchObject({ severity: 'review' });
  expect(() => loadPolicy({ ...lexicon, rules: [{ ...lexicon.rules[0], sense: 'mood' }] })).toThrow();
});
