import type { CaptionCue, SpokenWord } from '#contracts/transcript';

/** One line of a caption on a phone, and the longest a line stays without looking stuck (subtitling guides say 42 and 7 s). */
const MAX_LETTERS = 42;
const MAX_SECONDS = 7;
/** A breath: speech that pauses this long begins a new thought more often than not. */
const PAUSE_SECONDS = 0.6;
const ENDS_A_SENTENCE = /[.!?]["')\]]?$/;

/** Groups words into captions: a new one at a pause, after a sentence, and when the line is full. Every word is in one cue, in order. */
export function captionCues(words: readonly SpokenWord[]): CaptionCue[] {
  const cues: CaptionCue[] = [];
  let line: SpokenWord[] = [];
  const close = (): void => {
    const [first, last] = [line[0], line.at(-1)];
    if (first && last) cues.push({ start: first.start, end: last.end, text: textOf(line) });
    line = [];
  };
  for (const word of words) {
    const [first, last] = [line[0], line.at(-1)];
    const isFull = textOf([...line, word]).length > MAX_LETTERS || (first !== undefined && word.end - first.start > MAX_SECONDS);
    if (last && (isFull || word.start - last.end >= PAUSE_SECONDS || ENDS_A_SENTENCE.test(last.text))) close();
    line.push(word);
  }
  close();
  return cues;
}

export const textOf = (words: readonly Pick<SpokenWord, 'text'>[]): string => words.map(({ text }) => text).join(' ');
