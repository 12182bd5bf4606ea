import type { ShareDistribution } from './model.ts';

/** What the order of waiting jobs depends on. */
export interface Waiting {
  readonly jobId: string;
  readonly queue: string;
  readonly queuePriority: number;
  /** Position in the order of submission; unique. */
  readonly arrival: number;
  readonly schedulingPriority: number;
  /** Given on queues with a fair-share policy, and only there. */
  readonly share?: { readonly identifier: string; readonly weight: number } | undefined;
}

/** One attempt, running or finished, as fair share counts it. */
export interface Use {
  readonly queue: string;
  readonly shareIdentifier: string;
  /** vCPUs times seconds inside the decay window. */
  readonly vcpuSeconds: number;
}

/**
 * The order in which waiting jobs get a place. Queues go by priority, then by their oldest job. Inside a queue without a policy
 * jobs go by arrival; with fair share the identifier that used least for its weight goes first, then the one with the oldest job,
 * and among the jobs of one identifier scheduling priority decides, then arrival.
 */
export function inOrder<T extends Waiting>(waiting: readonly T[], uses: readonly Use[]): T[] {
  const load = sums(uses.map((use) => [shareKey(use.queue, use.shareIdentifier), use.vcpuSeconds]));
  const oldest = earliest(waiting.flatMap((job) => [[job.queue, job.arrival] as const, [shareOf(job), job.arrival] as const]));
  const weighted = (job: Waiting) => (job.share ? (load.get(shareOf(job)) ?? 0) * job.share.weight : 0);
  const age = (key: string) => oldest.get(key) ?? 0;
  return [...waiting].sort(
    (a, b) =>
      b.queuePriority - a.queuePriority ||
      age(a.queue) - age(b.queue) ||
      weighted(a) - weighted(b) ||
      age(shareOf(a)) - age(shareOf(b)) ||
      (a.share ? b.schedulingPriority - a.schedulingPriority : 0) ||
      a.arrival - b.arrival,
  );
}

/** The weight of an identifier; the longest matching entry counts, and an unlisted identifier weighs 1 as on AWS. */
export function weightOf(identifier: string, distribution: readonly ShareDistribution[]): number {
  const fitting = distribution.filter(({ shareIdentifier: entry }) =>
    entry.endsWith('*') ? identifier.startsWith(entry.slice(0, -1)) : identifier === entry,
  );
  const closest = fitting.sort((a, b) => b.shareIdentifier.length - a.shareIdentifier.length)[0];
  return closest?.weightFactor ?? 1;
}

const shareKey = (queue: string, identifier: string) => `${queue}\n${identifier}`;
const shareOf = (job: Waiting) => shareKey(job.queue, job.share?.identifier ?? '');

function sums(entries: readonly (readonly [string, number])[]): Map<string, number> {
  const total = new Map<string, number>();
  for (const [key, value] of entries) total.set(key, (total.get(key) ?? 0) + value);
  return total;
}

function earliest(entries: readonly (readonly [string, number])[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const [key, value] of entries) first.set(key, Math.min(first.get(key) ?? value, value));
  return first;
}
