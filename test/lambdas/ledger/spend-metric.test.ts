import { expect, it, vi } from 'vitest';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { LedgerStore } from '#domain/ports';
import { withSpendMetric } from '../../../lambdas/ledger/spend-metric.ts';
import { metrics } from '../../../lambdas/observability.ts';

it('counts a fact when it is new and never again', async () => {
  const added = vi.spyOn(metrics, 'addMetric').mockReturnThis();
  const known = new Set<string>();
  const store: Pick<LedgerStore, 'addCost'> = {
    addCost: async ({ factId }) => !known.has(factId) && Boolean(known.add(factId)),
  };
  const ledger = withSpendMetric(store as LedgerStore);
  const fact = { factId: 'a'.repeat(32), costMicroUsd: microUsd(1_234) } as CostFact;

  expect(await ledger.addCost(fact)).toBe(true);
  expect(await ledger.addCost(fact)).toBe(false);
  expect(added.mock.calls).toEqual([['SpendMicroUsd', 'Count', 1_234]]);
});
