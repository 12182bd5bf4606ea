import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PipelineMessage, ReviewNote } from '#contracts/review';
import { MAX_TAKES, Rework } from '#contracts/rework';
import { followNotes, wordsOf } from '#domain/review/rework';
import { previewRequest } from './world.ts';

/** Two shots, 7.5 s. */
const { message } = previewRequest;
const note = (shot: number, more: Partial<ReviewNote> = {}): ReviewNote => ({ shot, at: 1, text: 'The cap is cut off', ...more });
const follow = (notes: readonly ReviewNote[], rework?: Rework) =>
  followNotes({ subject: 'preview', message: rework ? { ...message, rework } : message, notes });

it('makes the named shots anew, with the words that a note gives, and leaves the others', () => {
  expect(follow([note(1, { description: 'A slower sweep' })])).toEqual({
    rework: { take: 2, shots: [{ shot: 1, take: 2, description: 'A slower sweep' }] },
  });
});

it('builds on what was sent back before: other shots keep their take, a shot keeps its words until it gets others', () => {
  const before: Rework = {
    take: 3,
    shots: [
      { shot: 0, take: 2, description: 'Steam over the cup' },
      { shot: 1, take: 3, description: 'A slower sweep' },
    ],
  };
  expect(follow([note(1)], before)).toEqual({
    rework: { take: 4, shots: [before.shots[0], { shot: 1, take: 4, description: 'A slower sweep' }] },
  });
});

it.each<[string, readonly ReviewNote[], Rework | undefined, string]>([
  ['no note', [], undefined, 'at least one note'],
  ['a shot that is not there', [note(0), note(2)], undefined, 'a shot from 0 to 1, found a note on shot 2'],
  ['a moment after the end', [note(0, { at: 8 })], undefined, 'within the 7.5 s'],
  ['two descriptions of one shot', [note(0, { description: 'A' }), note(0, { description: 'B' })], undefined, 'two different'],
  ['notes that nobody reads', Array.from({ length: 40 }, () => note(0, { text: 'é'.repeat(300) })), undefined, '16384 bytes'],
  ['more takes than a clip may have', [note(0)], { take: MAX_TAKES, shots: [{ shot: 0, take: MAX_TAKES }] }, '10 takes'],
])('refuses %s', (_, notes, before, why) => {
  expect(follow(notes, before)).toEqual({ problem: expect.stringContaining(why) });
});

it('refuses to send back what is not rendered', () => {
  const { preview: _, ...unrendered } = message;
  const asked: PipelineMessage = unrendered;
  expect(followNotes({ subject: 'preview', message: asked, notes: [note(0)] })).toEqual({ problem: expect.stringContaining('no') });
  expect(followNotes({ subject: 'brief', message, notes: [note(0)] })).toEqual({ problem: expect.stringContaining('brief') });
});

it('whatever the notes: a plan that keeps its contract, one take later, that names exactly the shots of all takes', () => {
  const some = fc.array(
    fc.record({ shot: fc.integer({ min: 0, max: 1 }), description: fc.option(fc.constantFrom('Steam', 'A sweep'), { nil: undefined }) }),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 9 }), (rounds) => {
      const named = new Set<number>();
      let standing: Rework | undefined;
      for (const notes of rounds) {
        const next = follow(
          notes.map(({ shot, description }) => note(shot, description === undefined ? {} : { description })),
          standing,
        );
        if ('problem' in next) {
          expect(next.problem).toContain('two different');
          continue;
        }
        for (const { shot } of notes) named.add(shot);
        expect(Rework.parse(next.rework)).toEqual(next.rework);
        expect(next.rework.take).toBe((standing?.take ?? 1) + 1);
        expect(next.rework.shots.map(({ shot }) => shot)).toEqual([...named].sort());
        for (const { shot, take } of next.rework.shots)
          if (notes.some((one) => one.shot === shot)) expect(take).toBe(next.rework.take);
          else expect(standing?.shots.find((one) => one.shot === shot)?.take).toBe(take);
        standing = next.rework;
      }
    }),
  );
});

it('gives all new words to be read, under the names a brief gives them', () => {
  expect(
    wordsOf({
      take: 3,
      shots: [
        { shot: 0, take: 2 },
        { shot: 4, take: 3, description: 'Steam' },
      ],
    }),
  ).toEqual([{ name: 'storyboard[4].description', text: 'Steam' }]);
});
