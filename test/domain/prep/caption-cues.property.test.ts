import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpokenWord } from '#contracts/transcript';
import { captionCues } from '#domain/prep/caption-cues';

const spoken = fc
  .array(fc.record({ text: fc.stringMatching(/^[a-z]{1,12}[.,!]?$/), gap: fc.double({ min: 0, max: 1.5, noNaN: true }) }), {
    maxLength: 80,
  })
  .map((words) => {
    let at = 0;
    return words.map(({ text, gap }): SpokenWord => {
      const start = at + gap;
      at = start + 0.3;
      return { text, start, end: at, confidence: 1 };
    });
  });

const words = (text: string): SpokenWord[] =>
  text.split(' ').map((word, index) => ({ text: word, start: index * 0.3, end: index * 0.3 + 0.25, confidence: 1 }));

describe('captions of what was said', () => {
  it('hold every word once and in order, one line each, one after the other', () => {
    fc.assert(
      fc.property(spoken, (said) => {
        const cues = captionCues(said);
        expect(cues.map(({ text }) => text).join(' ')).toBe(said.map(({ text }) => text).join(' '));
        for (const [index, cue] of cues.entries()) {
          expect(cue.text.length).toBeLessThanOrEqual(42);
          expect(cue.end - cue.start).toBeLessThanOrEqual(7);
          expect(cue.start).toBeLessThan(cue.end);
          if (index > 0) expect(cue.start).toBeGreaterThanOrEqual(cues[index - 1]!.end);
        }
      }),
    );
  });

  it('begin a new line after a sentence and after a breath', () => {
    expect(captionCues(words('Good morning. This is ours.')).map(({ text }) => text)).toEqual(['Good morning.', 'This is ours.']);
    const [first, second] = words('slowly poured');
    expect(captionCues([first!, { ...second!, start: 3, end: 4 }])).toHaveLength(2);
  });

  it('show a word that is longer than a line all the same', () => {
    expect(captionCues(words('a'.repeat(60)))).toHaveLength(1);
  });
});
