import { hasReached, type LifecycleEvent } from '#contracts/events';

type Progress = Extract<LifecycleEvent, { type: 'stage.progressed' }>;

/** Keeps the furthest each part has come; parts nobody heard of stand at 0. A retried worker starts behind and cannot pull a part back. */
export function merge(known: readonly number[] | undefined, { part, parts, percent }: Progress): number[] {
  const length = Math.max(known?.length ?? 0, parts, part + 1);
  return Array.from({ length }, (_, index) => Math.max(known?.[index] ?? 0, index === part ? percent : 0));
}

/** 100 once the visit completed, else the mean of its parts: shots of one plan are of the same order of length. */
export function percentOf(sequence: number, parts: readonly number[] | undefined): number {
  if (hasReached(sequence, 'completed')) return 100;
  if (!parts || parts.length === 0) return 0;
  return parts.reduce((sum, percent) => sum + percent, 0) / parts.length;
}
