import type { TogetherAnswer, TogetherBody, TogetherView } from '#contracts/review-api';
import { countWord } from './money.ts';

/** A clip as the person has it before them. */
export interface SheetClip {
  readonly shown: TogetherView['clips'][number];
  /** Watched to its end. */
  readonly watched: boolean;
  readonly leftOut: boolean;
}

/**
 * What is on the sheet after the server was asked again: clips that are there keep their place, their links and what was done with them, new
 * ones stand at the end, and what somebody else answered or took meanwhile goes.
 */
export function sheetAfter(before: readonly SheetClip[], { clips }: Pick<TogetherView, 'clips'>): SheetClip[] {
  const now = new Map(clips.map((shown) => [shown.entry.jobId, shown]));
  const kept = before.flatMap((clip) => {
    const shown = now.get(clip.shown.entry.jobId);
    return shown ? [{ ...clip, shown: { ...clip.shown, entry: shown.entry } }] : [];
  });
  const known = new Set(kept.map(({ shown }) => shown.entry.jobId));
  const came = clips.filter(({ entry }) => !known.has(entry.jobId)).map((shown) => ({ shown, watched: false, leftOut: false }));
  return [...kept, ...came];
}

/** Why the sheet cannot be sent yet; `undefined` when it can. What is approved was watched to its end. */
export function whyNotApprovable(clips: readonly SheetClip[]): string | undefined {
  const kept = clips.filter(({ leftOut }) => !leftOut);
  if (clips.length < 2) return 'Nothing waits beside it any more: open it by itself.';
  if (kept.length === 0) return 'Everything is left out: open each by itself.';
  const unwatched = kept.filter(({ watched }) => !watched).length;
  return unwatched > 0 ? `${countWord(unwatched, 'clip')} not watched to the end yet.` : undefined;
}

export const sheetBody = (clips: readonly SheetClip[]): TogetherBody => ({
  clips: clips.map(({ shown: { entry }, leftOut }) => ({ jobId: entry.jobId, round: entry.round, approve: !leftOut })),
  reason: '',
});

const WORDS: Readonly<Record<string, string>> = {
  decided: 'approved',
  'left-out': 'left out',
  'already-decided': 'already decided',
  claimed: 'held by others',
  stale: 'asked anew',
  expired: 'too late',
  refused: 'to be seen alone',
  'not-found': 'gone',
};

/** `4 approved, 1 left out`. */
export function sheetSummary({ results }: TogetherAnswer): string {
  const counts = new Map<string, number>();
  for (const { result } of results) counts.set(WORDS[result] ?? result, (counts.get(WORDS[result] ?? result) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ');
}
