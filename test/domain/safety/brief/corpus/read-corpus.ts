import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import type { Channel } from '#domain/ports';

/** `caught` is a disguised line: refused or shown to a person, either will do. */
const Wanted = z.enum(['reject', 'review', 'caught', 'allow']);
const Category = z.enum([...SAFETY_CATEGORIES, 'any']);

export interface CorpusLine {
  readonly wanted: z.infer<typeof Wanted>;
  readonly category: z.infer<typeof Category>;
  /** As written in the file, for the list of failures. */
  readonly text: string;
  readonly channels: readonly Channel[];
}

/**
 * The learned voter's line was chosen on `choosing`. The rules were written with `written`, `disguised`, `retired` (an earlier held-out part) and `contrasts` at hand; `contrasts` was written an
 * hour before its rules by the same hand, which remembered it. `held-out` was written after the first rules, `fresh` after lexicon 3, `strangers`
 * by a hand that knew neither, and `ordinary`, which is harmless throughout, by one that thought of nothing but
 * advertising. Lexicon 5 was written with `ordinary` at hand; none of the others is ever tuned on.
 */
export type CorpusPart = 'written' | 'disguised' | 'contrasts' | 'retired' | 'held-out' | 'choosing' | 'fresh' | 'strangers' | 'ordinary';

/** A line is `verdict | category | text`: `@name ` in front names the channel, ` // ` starts the next caption, `\u{...}` is a code point. */
export function readCorpus(part: CorpusPart): readonly CorpusLine[] {
  return readFileSync(new URL(`./${part}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [wanted, category, ...rest] = line.split(' | ');
      const text = rest.join(' | ');
      return { wanted: Wanted.parse(wanted), category: Category.parse(category), text, channels: channelsIn(text) };
    });
}

function channelsIn(written: string): readonly Channel[] {
  const text = written.replace(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  const [, name = 'caption', rest = text] = /^@([a-z]+) (.*)$/s.exec(text) ?? [];
  const captions = rest.split(' // ');
  return captions.length === 1
    ? [{ name, text: rest }]
    : captions.map((caption, index) => ({ name: `storyboard[${index}].caption`, text: caption }));
}
