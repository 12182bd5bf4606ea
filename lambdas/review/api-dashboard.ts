import type { Dashboard, Me } from '#contracts/review-api';
import type { LedgerStore, Now, ReviewStore } from '#domain/ports';
import { isAtLeast, sees, seesAll } from '#domain/review/access';
import { dashboard, periodOf } from '#domain/review/dashboard';
import type { Waiting } from './api-queue.ts';

export interface DashboardNeighbours {
  readonly reviews: Pick<ReviewStore, 'settledSince'>;
  readonly ledger: Pick<LedgerStore, 'acceptedSince'>;
  readonly now: Now;
}

/** A dashboard is looked at, not watched; thirty days of rows are worth reading once a minute. */
const SAME_DASHBOARD_MS = 60_000;
/** One for each set of tenants and number of days that people look at together. */
const KEPT = 20;

export type Dashboards = (me: Me, days: number) => Promise<Dashboard>;

export function openDashboards(waiting: Waiting, to: DashboardNeighbours): Dashboards {
  const kept = new Map<string, { readonly at: number; readonly made: Promise<Dashboard> }>();
  return async (me, days) => {
    const key = JSON.stringify([seesAll(me) ? '*' : me.tenants, days]);
    const at = to.now().getTime();
    let entry = kept.get(key);
    if (!entry || at - entry.at >= SAME_DASHBOARD_MS) {
      entry = { at, made: make(me, days, waiting, to) };
      entry.made.catch(() => kept.delete(key));
      kept.set(key, entry);
      for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    }
    const all = await entry.made;
    // Everybody's load is for leads; others see their own.
    return isAtLeast(me, 'lead') ? all : { ...all, reviewers: all.reviewers.filter(({ reviewer }) => reviewer === me.name) };
  };
}

/** Tenants of somebody who sees all are those with a question in the period: every job that was rendered has one. */
async function make(me: Me, days: number, waiting: Waiting, { reviews, ledger, now }: DashboardNeighbours): Promise<Dashboard> {
  const at = now();
  const from = periodOf(days, at).from.toISOString();
  const own = (await waiting.ranked()).filter(({ tenant }) => sees(me, tenant));
  const settled = seesAll(me)
    ? await reviews.settledSince(undefined, from)
    : (await Promise.all(me.tenants.map((tenant) => reviews.settledSince(tenant, from)))).flat();
  const tenants = seesAll(me) ? [...new Set([...own, ...settled].map(({ tenant }) => tenant))] : me.tenants;
  const jobs = (await Promise.all(tenants.map((tenant) => ledger.acceptedSince(tenant, from)))).flat();
  return dashboard({ waiting: own, settled, jobs, days, now: at });
}
