import type { JobRow, PublishedClip } from '#contracts/ledger';

/** The line analysts divide by; `undefined` while nothing is published. */
export function publishedClip(row: JobRow): PublishedClip | undefined {
  const { jobId, tenant, campaign, status, renderedSeconds, endedAt } = row;
  if (status !== 'published' || renderedSeconds === undefined || endedAt === undefined) return undefined;
  return { jobId, tenant, campaign, tier: row.tier ?? 'final', renderedSeconds, day: endedAt.slice(0, 10) };
}
