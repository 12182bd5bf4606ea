import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { hearingVoter } from '#domain/safety/brief/hearing';
import { briefPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { type Heard, recognize } from '../../../containers/transcribe/recognize.ts';
import { wordsBy } from '../../domain/safety/world.ts';
import { folder, NO_BOUNDS, PROGRAM, speech, wav, whisper } from './bench.ts';

const { python, weights, isInstalled } = whisper;
const hear = (file: string): Promise<Heard> =>
  recognize({ python, program: PROGRAM, engine: 'faster-whisper', weights }, file, NO_BOUNDS, new AbortController().signal);
const textOf = ({ words }: Heard): string => words.map(({ text }) => text).join(' ');
const ref = { bucket: 'artifacts', key: 'k', sha256: '0'.repeat(64), bytes: 1 };
const verdictOn = async ({ words }: Heard): Promise<string> =>
  (
    await wordsBy(
      [rulesVoter(briefPolicy()), hearingVoter({ sound: ref, transcript: { status: 'heard', document: ref } }, words)],
      [{ name: 'reference.transcript', text: words.map(({ text }) => text).join(' ') }],
    )
  ).verdict;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// 160 MB are too much for every test run: `node tools/setup/transcribe.mjs` installs the real recognizer, and from then on this runs.
describe.skipIf(!isInstalled)('the real recognizer', () => {
  it('writes down an English sentence with the time of every word, twice the same', async () => {
    const heard = await hear(speech('spring-roast'));
    expect(heard).toMatchObject({ recognizer: 'faster-whisper 1.2.1', language: 'en' });
    expect(
      textOf(heard)
        .toLowerCase()
        .replace(/[^a-z ]/g, ''),
    ).toBe('good morning this is our spring roast from small farms in peru grind it fresh and take your time');
    for (const [index, { start, end }] of heard.words.entries()) {
      expect(end).toBeGreaterThanOrEqual(start);
      expect(start).toBeGreaterThanOrEqual(heard.words[index - 1]?.start ?? 0);
    }
    expect(heard.words.at(-1)!.end).toBeLessThan(7.5);
    expect(await hear(speech('spring-roast'))).toEqual(heard);
    expect(await verdictOn(heard)).toBe('allow');
  });

  it('lets the policy hear a threat', async () => expect(await verdictOn(await hear(speech('threat')))).toBe('reject'));

  it('does not pretend to have understood another language', async () =>
    expect(await verdictOn(await hear(speech('german')))).toBe('review'));

  it('hears no words in noise', async () => {
    const noise = wav('noise', '-f', 'lavfi', '-i', 'anoisesrc=duration=6:amplitude=0.3:color=pink:seed=1');
    expect((await hear(noise)).words).toEqual([]);
  });
});
