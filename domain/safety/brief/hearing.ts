import type * as z from 'zod';
import type { Prep } from '#contracts/prep';
import type { SpokenWord } from '#contracts/transcript';
import type { TextVoter } from '#domain/ports';

/** Words in a row whose confidence is looked at together: a mumbled name is no mystery, a mumbled sentence is. */
const STRETCH = 8;
/**
 * Below this, on average over a stretch, the words are guesses. Measured with tiny.en on synthetic voices: English 0.8 and more,
 * German that was taken for English 0.35 (docs/stages/prep.md).
 */
const UNDERSTOOD = 0.6;

/** Votes on whether a sound was understood at all. What was said in it is one more channel for the others. */
export const hearingVoter = (
  { sound, transcript }: Pick<z.infer<typeof Prep>, 'sound' | 'transcript'>,
  words: readonly SpokenWord[],
): TextVoter => ({
  id: 'hearing@1',
  sees: 'text',
  categories: ['unchecked'],
  async read() {
    if (!sound) return [];
    if (!transcript) throw new Error('nobody listened to the sound of the reference');
    if (transcript.status === 'unheard') throw new Error(`nobody could listen to the reference: ${transcript.reason}`);
    const worst = leastUnderstood(words);
    if (!worst || worst.confidence >= UNDERSTOOD) return [];
    const { confidence, text, at } = worst;
    const evidence = `reference.transcript: at ${at.toFixed(1)} s hardly understood (confidence ${confidence.toFixed(2)}), heard as "${text}"`;
    return [{ category: 'unchecked', score: Math.min(1, 1 - confidence), evidence: evidence.slice(0, 500) }];
  },
});
/** The stretch of neighbouring words with the lowest mean confidence; all words together when there are few. */
function leastUnderstood(words: readonly SpokenWord[]): { confidence: number; text: string; at: number } | undefined {
  const starts = Array.from({ length: Math.max(1, words.length - STRETCH + 1) }, (_, start) => words.slice(start, start + STRETCH));
  const judged = starts
    .filter((stretch) => stretch.length > 0)
    .map((stretch) => ({
      confidence: stretch.reduce((sum, word) => sum + word.confidence, 0) / stretch.length,
      text: stretch.map(({ text }) => text).join(' '),
      at: stretch[0]?.start ?? 0,
    }));
  return judged.sort((one, other) => one.confidence - other.confidence)[0];
}
