import type { PlanDocument } from '#contracts/plan';
import { type Speed, speeds } from '#domain/plan/lexicon';
import { type Chord, harmonies } from './harmony.ts';
import { hertzOf, type Note } from './notes.ts';
import { type Ornament, ornaments } from './ornaments.ts';

/** Beats a minute by the speed of the pictures: a heart at rest, walking, and dancing. */
const TEMPO: Readonly<Record<Speed, number>> = { slow: 60, medium: 84, fast: 112 };

/** A bar of a shot: one chord. */
interface Bar {
  readonly at: number;
  readonly seconds: number;
  readonly chord: Chord;
}

/**
 * The music of a clip: every cut brings the next chord of the template's cycle, long shots walk on through it, and the shot's motif plays
 * above at the shot's speed. The same plan is the same music, in the preview and in the final.
 */
export function scoreOf({ template, shots, fps }: Pick<PlanDocument, 'template' | 'shots' | 'fps'>): Note[] {
  const { chords, chordSeconds } = harmonies[template];
  const notes: Note[] = [];
  let turn = 0;
  for (const shot of shots) {
    const seconds = shot.frames / fps;
    const count = Math.max(1, Math.round(seconds / chordSeconds));
    const bars = Array.from(
      { length: count },
      (_, index): Bar => ({
        at: shot.start / fps + (index * seconds) / count,
        seconds: seconds / count,
        chord: chords[turn++ % chords.length] ?? chords[0],
      }),
    );
    notes.push(...bars.flatMap(chordNotes));
    const ornament = ornaments[shot.motif];
    if (ornament) notes.push(...ornamentNotes(ornament, bars, TEMPO[speedOf(shot.words)]));
  }
  return notes;
}

function chordNotes({ at, seconds, chord: [bass, ...upper] }: Bar): Note[] {
  const spread = upper.length > 1 ? 1.2 / (upper.length - 1) : 0; // low notes to the left, high ones to the right
  return [
    { voice: 'bass', at, seconds, hertz: hertzOf(bass), level: 0.8, pan: 0 },
    ...upper.map(
      (key, index): Note => ({ voice: 'pad', at, seconds, hertz: hertzOf(key), level: 1 / (1 + index * 0.25), pan: spread * index - 0.6 }),
    ),
  ];
}

/** Half beats counted from the cut, so that the pattern begins with the picture. */
function ornamentNotes({ voice, pattern, level, octaves }: Ornament, bars: readonly Bar[], tempo: number): Note[] {
  const step = 30 / tempo;
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return [];
  const end = last.at + last.seconds;
  const count = Math.floor((end - first.at) / step + 1e-9);
  return Array.from({ length: count }, (_, index): Note[] => {
    const degree = pattern[index % pattern.length];
    const at = first.at + index * step;
    const bar = bars.findLast((candidate) => candidate.at <= at + 1e-9);
    if (degree === undefined || !bar) return [];
    const [, ...upper] = bar.chord;
    const key = (upper[degree % upper.length] ?? 60) + 12 * (octaves + Math.floor(degree / upper.length));
    return [{ voice, at, seconds: Math.min(step, end - at), hertz: hertzOf(key), level, pan: index % 2 === 0 ? -0.45 : 0.45 }];
  }).flat();
}

/** The words of a shot begin with its speed (domain/plan/canonical-words.ts). */
function speedOf(words: string): Speed {
  const first = words.split(' ')[0] ?? '';
  if (speeds.slow.learnt.includes(first)) return 'slow';
  return speeds.fast.learnt.includes(first) ? 'fast' : 'medium';
}
