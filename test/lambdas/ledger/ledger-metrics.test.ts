import { afterEach, expect, it, vi } from 'vitest';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { LedgerStore } from '#domain/ports';
import { withLedgerMetrics } from '../../../lambdas/ledger/ledger-metrics.ts';
import { metrics } from '../../../lambdas/observability.ts';
import { concluded, requested } from '../../domain/ledger/news.ts';

const added = vi.spyOn(metrics, 'addMetric').mockReturnThis();
afterEach(() => added.mockClear());

const known = new Set<string>();
const remember = (key: string): boolean => !known.has(key) && Boolean(known.add(key));
const store: Pick<LedgerStore, 'addCost' | 'addEvent'> = {
  addCost: async ({ factId }) => remember(factId),
  addEvent: async ({ idempotencyKey }) => remember(idempotencyKey),
};
const ledger = withLedgerMetrics(store as LedgerStore);

it('counts a fact when it is new and never again', async () => {
  const fact = { factId: 'a'.repeat(32), costMicroUsd: microUsd(1_234) } as CostFact;
  expect(await ledger.addCost(fact)).toBe(true);
  expect(await ledger.addCost(fact)).toBe(false);
  expect(added.mock.calls).toEqual([['SpendMicroUsd', 'Count', 1_234]]);
});

it('counts what GPUs need not do once for each job that was refused, however often that is told', async () => {
  const refused = concluded('rejected', 9, 5_000);
  expect(await ledger.addEvent(refused)).toBe(true);
  expect(await ledger.addEvent(refused)).toBe(false);
  expect(added.mock.calls).toEqual([['GpuCostAvoidedMicroUsd', 'Count', 5_000]]);
});

it('measures once how long the first preview took', async () => {
  const asked = requested('preview', 65);
  await ledger.addEvent(asked);
  await ledger.addEvent(asked);
  await ledger.addEvent(requested('final', 70));
  await ledger.addEvent(requested('preview', 80, 2));
  expect(added.mock.calls).toEqual([['TimeToPreviewSeconds', 'Seconds', 65]]);
});
