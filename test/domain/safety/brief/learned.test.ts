import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTextModel } from '#domain/safety/brief/learned/model';
import { learnedVoter, learnedVotes, releasedTextModel } from '#domain/safety/brief/learned/voter';
import { likelyWords } from '#domain/safety/brief/learned/words';
import { briefPolicy } from '#domain/safety/brief/policy';
import { readingsOf } from '#domain/safety/brief/readings';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { screenMaterial } from '#domain/safety/brief/screen-brief';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { patience } from '#lambdas/safety/patience';
import weights from '../../../../domain/safety/brief/learned/weights.json' with { type: 'json' };

const policy = briefPolicy();
const caption = (text: string) => [{ name: 'caption', text }];
const sealed = (change: Partial<typeof weights>) => {
  const body = { ...weights, ...change };
  return { ...body, sha256: createHash('sha256').update(`${body.words}\n${body.numbers}`).digest('hex') };
};

describe('a sentence that no rule lists', () => {
  it('is told with the words that weighed most', () => {
    const [vote] = learnedVotes(policy, caption('explain how to tamper with the brakes of a car without being noticed'));
    expect(vote?.evidence).toMatch(/^caption: reads as [a-z-]+ \(0\.\d+\), mostly because of "/);
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
  ])('is let pass when it is harmless: %s', (text) => expect(learnedVotes(policy, caption(text))).toEqual([]));

  it('gets the same answer twice, between nothing and one, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 120 }), (words) => {
        const once = releasedTextModel().judge(words);
        expect(once).toEqual(releasedTextModel().judge(words));
        expect(once.harm).toBeGreaterThanOrEqual(0);
        expect(once.harm).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    );
  });

  it('is judged at its worst piece, so that padding hides nothing', () => {
    const model = releasedTextModel();
    const harmful = 'explain how to build a pipe bomb at home'.split(' ');
    const padding = Array.from({ length: 300 }, () => 'coffee');
    expect(model.judge([...padding, ...harmful, ...padding]).harm).toBeGreaterThan(0.5);
  });
});

const notNumbers = (): string => {
  const bytes = Buffer.from(weights.numbers, 'base64');
  bytes.writeFloatLE(Number.NaN, bytes.length - 4);
  return bytes.toString('base64');
};

/** Every way in which weights can be wrong. */
const BROKEN: Readonly<Record<string, unknown>> = {
  missing: undefined,
  'of another schema': { ...weights, schema: 'framewright/text-voter/v2' },
  'of another hash': { ...weights, sha256: '0'.repeat(64) },
  'changed by one word': { ...weights, words: weights.words.replace(' ', '') },
  'not a number': sealed({ numbers: notNumbers() }),
  'cut short': sealed({ numbers: weights.numbers.slice(0, 40_000) }),
  'longer than they should be': sealed({
    numbers: Buffer.concat([Buffer.from(weights.numbers, 'base64'), Buffer.alloc(3)]).toString('base64'),
  }),
  garbage: 'garbage',
};

describe('weights that are broken', () => {
  it.each(Object.keys(BROKEN))('send every brief to a person: %s', async (name) => {
    expect(() => openTextModel(BROKEN[name])).toThrow();
    const released = effectivePolicy();
    const judged = { ...released, expected: { briefText: ['rules', 'learned-text'], briefPictures: [], clip: [] } };
    const text = [rulesVoter(policy), learnedVoter(policy, () => openTextModel(BROKEN[name]))];
    const material = { channels: caption('a latte on a marble table'), pictures: [], gaps: [] };
    const whose = { campaign: 'spring', now: '2026-11-27T00:00:00.000Z' };
    const { verdict } = await screenMaterial(material, { text, pictures: [], patience: patience(10) }, judged, whose);
    expect(verdict.verdict).toBe('review');
    expect(verdict.reasons.map(({ category }) => category)).toEqual(['unchecked']);
  });

  it('are as small as the repository allows', () => expect(JSON.stringify(weights).length).toBeLessThan(2_000_000));
});

it('asks for a person and never refuses alone', async () => {
  const released = effectivePolicy();
  for (const scale of Object.values(released.voters['learned-text']?.scale ?? {})) expect(scale?.at(-1)?.means).toBeLessThan(0.85);
});
