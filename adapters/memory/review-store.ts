import { tenantOfJob } from '#contracts/identity';
import { ReviewItem } from '#contracts/review';
import type { ReviewKey, ReviewStore } from '#domain/ports';
import { settledAt } from '#domain/review/settlement';

/** The review queue in memory; tokens are kept apart, so no item can carry one out. */
export function openMemoryReviewStore(): ReviewStore {
  const rows = new Map<string, { readonly item: ReviewItem; readonly taskToken?: string | undefined }>();
  const keyOf = ({ jobId, subject, kind }: ReviewKey): string => `${jobId}#${subject}${kind === 'audit' ? '#audit' : ''}`;
  const items = (tenant: string | undefined): ReviewItem[] =>
    [...rows.values()].map(({ item }) => structuredClone(item)).filter((item) => tenant === undefined || item.tenant === tenant);
  const copy = (row: { readonly item: ReviewItem; readonly taskToken?: string | undefined }) => ({
    ...row,
    item: structuredClone(row.item),
  });

  return {
    async change(which, change, taskToken) {
      const key = keyOf(which);
      const row = rows.get(key);
      const after = change(row && structuredClone(row.item));
      if (after) rows.set(key, { item: ReviewItem.parse(after), taskToken: taskToken ?? row?.taskToken });
      const standing = rows.get(key);
      return standing && copy(standing);
    },
    async find(tenant, jobId) {
      return items(tenant)
        .filter((item) => item.jobId === jobId && tenantOfJob(jobId) === tenant)
        .sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
    },
    async waiting(tenant) {
      return items(tenant)
        .filter(({ status }) => status === 'waiting')
        .sort((one, other) => one.deadlineAt.localeCompare(other.deadlineAt));
    },
    async settledSince(tenant, instant) {
      return items(tenant)
        .filter((item) => item.status !== 'waiting' && settledAt(item) >= instant)
        .sort((one, other) => settledAt(one).localeCompare(settledAt(other)));
    },
  };
}
