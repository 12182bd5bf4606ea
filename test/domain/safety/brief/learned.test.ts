import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SentenceModel } from '#domain/ports';
import { heaviestWords, isSurelyHarmless, judgeText, piecesOf, SENTENCE_KINDS } from '#domain/safety/brief/learned/sentences';
import { learnedVoter } from '#domain/safety/brief/learned/voter';
import { likelyWords } from '#domain/safety/brief/learned/words';
import { briefPolicy } from '#domain/safety/brief/policy';
import { readingsOf } from '#domain/safety/brief/readings';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { wordsBy } from '../world.ts';
import { textModel } from './readers.ts';

const policy = briefPolicy();
const caption = (text: string) => [{ name: 'caption', text }];
const voter = learnedVoter(policy, textModel);

describe('a sentence that no rule lists', () => {
  it('is told with the words that weighed most', async () => {
    const [vote] = await voter.read(caption('explain how to tamper with the brakes of a car without being noticed'));
    expect(vote?.evidence).toMatch(/^caption: reads as [a-z-]+ \(0\.\d+\), mostly because of ".*(tamper|brakes|noticed)/);
  });

  it('is read through a disguise', () => {
    const words = (text: string) => likelyWords(readingsOf(text, policy.spelling), policy.spelling);
    expect(words('k1ll th3m')).toEqual(['kill', 'them']);
    expect(words('k i l l  them 12 times')).toEqual(['kill', 'them', '0', 'times']);
  });

  it.each([
    'a latte on a marble table, morning light',
    'how do i kill a process',
    'shoot a photo of the shoe from above',
    'a killer deal on bath bombs',
  ])('is let pass when it is harmless: %s', async (text) => expect(await voter.read(caption(text))).toEqual([]));

  it('is judged at its worst piece, so that padding hides nothing', async () => {
    const padding = 'coffee '.repeat(300);
    const found = await judgeText(`${padding} explain how to build a pipe bomb at home ${padding}`, policy.spelling, textModel);
    expect(found?.harm).toBeGreaterThan(0.5);
    expect(found?.words).toContain('bomb');
  });
});

describe('a name', () => {
  it.each(['end-to-end', 'fr', 'Fresh', 'black friday'])('is no sentence, and left to the lists: %s', async (text) => {
    expect(await judgeText(text, policy.spelling, { judge: () => Promise.reject(new Error('asked')) })).toBeUndefined();
  });
});

describe('a sentence that is cut into captions', () => {
  const captions = (...texts: string[]) => texts.map((text, index) => ({ name: `storyboard[${index}].caption`, text }));
  const asked = async (...texts: string[]) => {
    const read: string[] = [];
    const judge = async (words: readonly string[]) => {
      read.push(words.join(' '));
      return { harm: 0.1, kinds: SENTENCE_KINDS.map(() => 0) };
    };
    await learnedVoter(policy, { judge }).read(captions(...texts));
    return read;
  };

  it('is read as one, and told by where it begins and ends', async () => {
    const [vote] = await voter.read(captions('explain how to', 'tamper with the', 'brakes of a car', 'without being noticed'));
    expect(vote?.evidence).toMatch(/^storyboard\[0\]\.caption to storyboard\[3\]\.caption: reads as /);
  });

  it('is read on from a caption that is long enough for itself', async () =>
    expect(await asked('this is what we', 'do to them')).toEqual(['this is what we', 'this is what we do to them']));

  it('is not made from whole sentences', async () =>
    expect(await asked('freshly roasted every day', 'by people who care')).toEqual(['freshly roasted every day', 'by people who care']));

  it('is read whole where a piece of it stands elsewhere too', async () => {
    const judge = async (words: readonly string[]) => ({ harm: words.length > 6 ? 0.9 : 0.1, kinds: SENTENCE_KINDS.map(() => 0) });
    const elsewhere = { name: 'product.name', text: 'a pipe bomb' };
    const told = await learnedVoter(policy, { judge }).read([elsewhere, ...captions('explain how to', 'a pipe bomb', 'is made')]);
    expect(told.map(({ evidence }) => evidence.split(':')[0])).toEqual(['storyboard[0].caption to storyboard[2].caption']);
  });

  it('counts twice against the most that is read', async () =>
    await expect(asked(...Array.from({ length: 400 }, (_, index) => `${'coffee '.repeat(14)}${index}`))).rejects.toThrow(
      'expected at most 60000 characters in all, captions twice, found 8',
    ));

  it('is not made from a name alone', async () => expect(await asked('Lumen')).toEqual([]));
});

it('is surely harmless only where no few words beside each other harm: padding drowns nothing', async () => {
  const threat = 'a man points a rifle at the clerk';
  const drowning: SentenceModel = {
    judge: async (words) => ({ harm: words.includes('rifle') && words.length <= 12 ? 0.9 : 0.01, kinds: SENTENCE_KINDS.map(() => 0) }),
  };
  const padded = `${'fresh coffee '.repeat(30)} ${threat} ${'fresh coffee '.repeat(30)}`;
  expect(await isSurelyHarmless(padded, policy.spelling, drowning)).toBe(false);
  expect(await isSurelyHarmless(padded, policy.spelling, textModel)).toBe(false);
  expect(await isSurelyHarmless('a latte on a marble table in the morning', policy.spelling, textModel)).toBe(true);
});

describe('a long text', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 400 }).map((some) => some.map((word, at) => `${word}${at}`));

  it('is cut into pieces that leave no word out, and no ten neighbours apart', () => {
    fc.assert(
      fc.property(words, (some) => {
        const pieces = piecesOf(some);
        expect(new Set(pieces.flat())).toEqual(new Set(some));
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(48);
        for (let at = 0; at + 10 <= some.length; at++)
          expect(pieces.some((piece) => some.slice(at, at + 10).every((word) => piece.includes(word)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is blamed on the words without which it would harm least', async () => {
    const model: SentenceModel = {
      judge: async (some) => ({ harm: some.includes('poison') ? 0.95 : some.includes('tea') ? 0.4 : 0.1, kinds: [] }),
    };
    expect(await heaviestWords(['the', 'poison', 'tea'], 0.95, model, 1)).toEqual(['poison']);
  });
});

/** Every way in which a model can fail. */
const BROKEN: Readonly<Record<string, SentenceModel['judge']>> = {
  'not there': () => Promise.reject(new Error('expected a model in /opt/models/text-voter.onnx, found none')),
  'no number': async () => ({ harm: Number.NaN, kinds: SENTENCE_KINDS.map(() => 0) }),
  'too large a number': async () => ({ harm: 1.5, kinds: SENTENCE_KINDS.map(() => 0) }),
  'of other kinds': async () => ({ harm: 0.1, kinds: [0, 1] }),
};

it('explains the worst of very many texts, and tells of all', async () => {
  let judged = 0;
  const model: SentenceModel = {
    judge: async () => {
      judged++;
      return { harm: 0.95, kinds: SENTENCE_KINDS.map(() => 0) };
    },
  };
  const channels = Array.from({ length: 60 }, (_, index) => ({ name: `shot ${index}`, text: `one two three four five${index}` }));
  expect(await learnedVoter(policy, model).read(channels)).toHaveLength(60);
  expect(judged).toBe(60 + 10 * 5);
});

it('reads what stands in every frame once', async () => {
  let judged = 0;
  const judge = async () => {
    judged++;
    return { harm: 0.1, kinds: SENTENCE_KINDS.map(() => 0) };
  };
  const channels = Array.from({ length: 600 }, (_, index) => ({ name: `frame ${index}`, text: 'freshly roasted every day' }));
  expect(await learnedVoter(policy, { judge }).read(channels)).toEqual([]);
  expect(judged).toBe(1);
});

it('sends more words than any brief has to a person, at once', async () => {
  const judge = () => Promise.reject(new Error('asked'));
  const { verdict, reasons } = await wordsBy([rulesVoter(policy), learnedVoter(policy, { judge })], caption('coffee '.repeat(9_000)));
  expect(verdict).toBe('review');
  expect(reasons[0]?.evidence).toContain('expected at most 60000 characters');
});

describe('a model that is broken', () => {
  it.each(Object.entries(BROKEN))('sends every text to a person: %s', async (_, judge) => {
    const { verdict, reasons } = await wordsBy([rulesVoter(policy), learnedVoter(policy, { judge })], caption('a latte on a marble table'));
    expect(verdict).toBe('review');
    expect(reasons.map(({ category }) => category)).toEqual(['unchecked']);
  });
});

it('asks for a person and never refuses alone', () => {
  const released = effectivePolicy();
  for (const scale of Object.values(released.voters['learned-text']?.scale ?? {})) expect(scale?.at(-1)?.means).toBeLessThan(0.85);
});
