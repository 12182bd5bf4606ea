import { type LifecycleEvent, placeOf } from '#contracts/events';
import type { CostFact } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import { stageOf, tierOf } from '#contracts/stages';
import { factId } from './fact-id.ts';
import { PRICE_LIST, PRICES } from './price-list.ts';

/** Lambda counts 1024 MB as one GB. */
const MB_PER_GB = 1024;

/**
 * The fact of one Lambda visit; `undefined` for events that used nothing. A step that failed and is tried again has a new request id,
 * so both tries are paid, and only the second is `useful`.
 */
export function lambdaCost(event: LifecycleEvent): CostFact | undefined {
  if (event.type !== 'stage.completed' && event.type !== 'stage.failed') return undefined;
  const { usage, visit, at } = event;
  const { take } = placeOf(event.sequence);
  const seconds = usage.milliseconds / 1000;
  const cost = (usage.memoryMb / MB_PER_GB) * seconds * PRICES.lambdaGbSecond.microUsd + PRICES.lambdaRequest.microUsd;
  return {
    factId: factId('lambda', usage.requestId, event.step),
    jobId: event.jobId,
    tenant: event.tenant,
    campaign: event.campaign,
    tier: tierOf(visit) ?? 'shared',
    stage: stageOf(visit),
    visit,
    component: event.step,
    cause: event.type === 'stage.completed' ? 'useful' : 'failed',
    ...(take > 1 && { take }),
    day: at.slice(0, 10),
    at,
    seconds,
    costMicroUsd: microUsd(cost),
    priceList: PRICE_LIST,
  };
}
