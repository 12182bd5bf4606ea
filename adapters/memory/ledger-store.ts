import type { LifecycleEvent } from '#contracts/events';
import { rows } from '#contracts/keys';
import type { CostFact, JobRow } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { LedgerStore } from '#domain/ports';

interface Partition {
  row: JobRow | undefined;
  /** Kept apart from the row: a fact may be heard of before its job. */
  costMicroUsd: number;
  readonly events: Map<string, LifecycleEvent>;
  readonly costs: Map<string, CostFact>;
}

/** The ledger in memory; keeps the promises of the table and none of its latency. */
export function openMemoryLedgerStore(): LedgerStore {
  const partitions = new Map<string, Partition>();
  const at = (tenant: string, jobId: string): Partition => {
    const key = rows.job(tenant, jobId);
    const found = partitions.get(key) ?? { row: undefined, costMicroUsd: 0, events: new Map(), costs: new Map() };
    partitions.set(key, found);
    return found;
  };
  const shown = ({ row, costMicroUsd }: Partition): JobRow | undefined => row && { ...row, costMicroUsd: microUsd(costMicroUsd) };

  return {
    job: async (tenant, jobId) => shown(at(tenant, jobId)),
    async updateJob(tenant, jobId, change) {
      const partition = at(tenant, jobId);
      partition.row = change(shown(partition)) ?? partition.row;
      return shown(partition);
    },
    async addEvent(event) {
      const { events } = at(event.tenant, event.jobId);
      if (events.has(event.idempotencyKey)) return false;
      events.set(event.idempotencyKey, event);
      return true;
    },
    async addCost(fact) {
      const partition = at(fact.tenant, fact.jobId);
      if (partition.costs.has(fact.factId)) return false;
      partition.costs.set(fact.factId, fact);
      partition.costMicroUsd += fact.costMicroUsd;
      return true;
    },
    costs: async (tenant, jobId) => [...at(tenant, jobId).costs.values()],
    events: async (tenant, jobId) => [...at(tenant, jobId).events.values()].sort((a, b) => a.sequence - b.sequence),
    acceptedSince: async (tenant, instant) =>
      [...partitions.values()]
        .flatMap((partition) => shown(partition) ?? [])
        .filter((row) => row.tenant === tenant && row.acceptedAt >= instant)
        .sort((a, b) => (a.acceptedAt < b.acceptedAt ? 1 : -1)),
    jobsOf: async (tenant, limit) =>
      [...partitions.values()]
        .flatMap((partition) => shown(partition) ?? [])
        .filter((row) => tenant === undefined || row.tenant === tenant)
        .sort((a, b) => (a.acceptedAt < b.acceptedAt ? 1 : -1))
        .slice(0, limit),
  };
}
