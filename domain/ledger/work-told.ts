import type { AttemptWork, LifecycleEvent } from '#contracts/events';

/** The last word about an attempt's time: what a worker tells only grows, so the greatest is the last, in whatever order events came. */
export function workTold(events: readonly LifecycleEvent[], batchJobId: string, attempt: number): AttemptWork | undefined {
  const told = events
    .flatMap((event) => (event.type === 'stage.progressed' && event.work ? [event.work] : []))
    .filter((work) => work.batchJobId === batchJobId && work.attempt === attempt);
  const sum = ({ usefulMs, repeatedMs }: AttemptWork): number => usefulMs + repeatedMs;
  return told.reduce<AttemptWork | undefined>((last, work) => (last && sum(last) >= sum(work) ? last : work), undefined);
}
