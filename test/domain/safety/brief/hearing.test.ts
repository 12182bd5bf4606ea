import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PrepOutput } from '#contracts/prep';
import type { SpokenWord } from '#contracts/transcript';
import { hearingVoter } from '#domain/safety/brief/hearing';
import { briefPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { wordsBy } from '../world.ts';

const example = new URL('../../../../contracts/examples/prep-output/coffee-spring.json', import.meta.url);
const { prep } = PrepOutput.parse(JSON.parse(readFileSync(example, 'utf8')));
const ref = { bucket: 'artifacts', key: 'k', sha256: '0'.repeat(64), bytes: 1 };
const heard = { ...prep, sound: ref, transcript: { status: 'heard' as const, document: ref } };
const said = (text: string, confidence: number): SpokenWord[] =>
  text.split(' ').map((word, index) => ({ text: word, start: index, end: index + 0.5, confidence }));
const verdictOn = async (what: typeof prep, words: SpokenWord[] = []) => {
  const { verdict, reasons } = await wordsBy([rulesVoter(briefPolicy()), hearingVoter(what, words)], []);
  return { verdict, evidence: reasons.map(({ category, evidence }) => `${category}: ${evidence}`) };
};

describe('a reference that makes no sound', () => {
  it('has nothing to hide', async () => expect(await verdictOn({ ...prep, sound: undefined })).toEqual({ verdict: 'allow', evidence: [] }));
});

describe('a reference with sound', () => {
  it('passes when it was understood', async () => {
    expect((await verdictOn(heard, said('good morning this is our spring roast', 0.9))).verdict).toBe('allow');
  });

  it('passes when nothing is said in it', async () => expect((await verdictOn(heard, [])).verdict).toBe('allow'));

  it('goes to a person when nobody listened', async () => {
    expect(await verdictOn({ ...prep, sound: ref, transcript: undefined })).toEqual({
      verdict: 'review',
      evidence: [
        'unchecked: the check failed, so nobody has looked: failed at 1 of 1 looks, first: nobody listened to the sound of the reference',
      ],
    });
  });

  it('goes to a person, with the reason, when it could not be written down', async () => {
    const transcript = { status: 'unheard' as const, reason: 'the recognizer refused the sound: too loud' };
    const { verdict, evidence } = await verdictOn({ ...prep, sound: ref, transcript });
    expect(verdict).toBe('review');
    expect(evidence[0]).toContain('nobody could listen to the reference: the recognizer refused the sound: too loud');
  });

  it('goes to a person when one sentence of a long clear speech was guessed at', async () => {
    const clear = said('good morning '.repeat(20).trim(), 0.95);
    const mumbled = said('and modern assist in the cafe house climbing', 0.4).map((word) => ({ ...word, start: word.start + 50 }));
    const { verdict, evidence } = await verdictOn(heard, [...clear, ...mumbled, ...clear]);
    expect(verdict).toBe('review');
    expect(evidence).toEqual([
      'unchecked: reference.transcript: at 50.0 s hardly understood (confidence 0.40), heard as "and modern assist in the cafe house climbing"',
    ]);
  });

  it('passes with a name that nobody could have spelled', async () => {
    const words = said('good morning this is our Huehuetenango spring roast', 0.95);
    const unsure = words.map((word, index) => (index === 5 ? { ...word, confidence: 0.1 } : word));
    expect((await verdictOn(heard, unsure)).verdict).toBe('allow');
  });

  it('never passes on the word of the dry run', async () => expect((await verdictOn(heard, said('dry-run', 0))).verdict).toBe('review'));
});
