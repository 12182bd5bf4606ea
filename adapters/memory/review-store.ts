import { tenantOfJob } from '#contracts/identity';
import { ReviewItem, type ReviewSubject } from '#contracts/review';
import type { ReviewStore } from '#domain/ports';
import { settlement } from '#domain/review/settlement';

/** The review queue in memory; tokens are kept apart, so no item can carry one out. */
export function openMemoryReviewStore(): ReviewStore {
  const rows = new Map<string, { item: ReviewItem; taskToken: string }>();
  const keyOf = (jobId: string, subject: ReviewSubject): string => `${jobId}#${subject}`;
  const items = (): ReviewItem[] => [...rows.values()].map(({ item }) => structuredClone(item));

  return {
    async request(item, taskToken) {
      const key = keyOf(item.jobId, item.subject);
      const standing = rows.get(key)?.item;
      if (standing && standing.status !== 'waiting') return;
      rows.set(key, { item: ReviewItem.parse({ ...item, requestedAt: standing?.requestedAt ?? item.requestedAt }), taskToken });
    },
    async find(tenant, jobId) {
      return items()
        .filter((item) => item.jobId === jobId && tenantOfJob(jobId) === tenant)
        .sort((one, other) => one.subject.localeCompare(other.subject));
    },
    async waiting(tenant) {
      return items()
        .filter((item) => item.status === 'waiting' && (tenant === undefined || item.tenant === tenant))
        .sort((one, other) => one.deadlineAt.localeCompare(other.deadlineAt));
    },
    async settle(input, decision) {
      const row = rows.get(keyOf(input.jobId, decision.subject));
      if (!row) return { result: 'not-found' };
      const { result, item } = settlement(row.item, decision);
      row.item = item;
      return { result, item: structuredClone(item), ...(result === 'expired' ? {} : { taskToken: row.taskToken }) };
    },
  };
}
