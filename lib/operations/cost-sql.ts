import type { CostFact, PublishedClip, ReworkedShot } from '#contracts/ledger';

type ColumnType = 'string' | 'double' | 'bigint' | 'int';
/** Columns in Athena's types. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** `day` is the partition. A test compares the lists with the contract. */
export const COST_COLUMNS = {
  factId: 'string',
  jobId: 'string',
  tenant: 'string',
  campaign: 'string',
  tier: 'string',
  stage: 'string',
  visit: 'string',
  component: 'string',
  cause: 'string',
  take: 'int',
  shot: 'int',
  at: 'string',
  seconds: 'double',
  costMicroUsd: 'bigint',
  priceList: 'string',
} as const satisfies Record<Exclude<keyof CostFact, 'day'>, ColumnType>;

export const PUBLISHED_COLUMNS = {
  jobId: 'string',
  tenant: 'string',
  campaign: 'string',
  tier: 'string',
  renderedSeconds: 'double',
} as const satisfies Record<Exclude<keyof PublishedClip, 'day'>, ColumnType>;

export const REWORKED_COLUMNS = {
  jobId: 'string',
  tenant: 'string',
  tier: 'string',
  shot: 'int',
  take: 'int',
} as const satisfies Record<Exclude<keyof ReworkedShot, 'day'>, ColumnType>;

export interface View {
  readonly columns: Columns;
  readonly sql: string;
}

/** The same words as in the command line's SQL (tools/cli/sql): `cost`, `spent`, `published`. In order: a view reads those before it. */
export const VIEWS: Readonly<Record<string, View>> = {
  published: {
    columns: { jobid: 'string', tenant: 'string', campaign: 'string', tier: 'string', day: 'string', renderedseconds: 'double' },
    // A job whose publication was reported twice around midnight has a line in two days: it is one job.
    sql: `SELECT jobid, max(tenant) AS tenant, max(campaign) AS campaign, max(tier) AS tier, min(day) AS day,
       max(renderedseconds) AS renderedseconds
FROM published_lines GROUP BY jobid`,
  },
  spent: {
    columns: {
      ...{ day: 'string', tenant: 'string', jobid: 'string', stage: 'string', component: 'string', tier: 'string' },
      ...{ worth: 'string', seconds: 'double', costmicrousd: 'bigint' },
    },
    // What was useful until a reviewer sent its shot back is `reworked`. Every fact once, so sums are those of `cost`.
    sql: `SELECT c.day, c.tenant, c.jobid, c.stage, c.component, c.tier,
       CASE WHEN c.cause = 'useful' AND c.stage = 'generate' AND r.take > coalesce(c.take, 1) THEN 'reworked' ELSE c.cause END AS worth,
       c.seconds, c.costmicrousd
FROM cost c
LEFT JOIN (SELECT jobid, tier, shot, max(take) AS take FROM reworked_lines GROUP BY jobid, tier, shot) r
  ON r.jobid = c.jobid AND r.tier = c.tier AND r.shot = c.shot`,
  },
  cost_per_rendered_second: {
    columns: { day: 'string', tenant: 'string', usd: 'double', rendered_seconds: 'double', usd_per_rendered_second: 'double' },
    // Rejected, failed and canceled jobs are paid by the published ones. Nothing published is null, never a division by zero.
    sql: `SELECT coalesce(c.day, p.day) AS day, coalesce(c.tenant, p.tenant) AS tenant, coalesce(c.usd, 0) AS usd,
       coalesce(p.seconds, 0) AS rendered_seconds, c.usd / nullif(p.seconds, 0) AS usd_per_rendered_second
FROM (SELECT day, tenant, sum(costmicrousd) / 1e6 AS usd FROM cost GROUP BY day, tenant) c
FULL OUTER JOIN (SELECT day, tenant, sum(renderedseconds) AS seconds FROM published GROUP BY day, tenant) p
  ON c.day = p.day AND c.tenant = p.tenant`,
  },
};

const LAST_MONTH = `WHERE day >= date_format(current_date - interval '30' day, '%Y-%m-%d')`;

/** Questions ready to be asked. Dollars are made at the very end, from whole micro-dollars. */
export const QUERIES: Readonly<Record<string, { readonly description: string; readonly sql: string }>> = {
  'cost-per-rendered-second': {
    description: 'What a published second cost each tenant on each of the last thirty days',
    sql: `SELECT * FROM cost_per_rendered_second ${LAST_MONTH} ORDER BY day DESC, usd DESC`,
  },
  'cost-by-tenant-and-day': {
    description: 'What each tenant spent, and how much of it is in a clip',
    sql: `SELECT day, tenant,
       sum(costmicrousd) / 1e6 AS usd,
       sum(CASE WHEN worth = 'useful' THEN costmicrousd ELSE 0 END) / 1e6 AS useful_usd,
       count(DISTINCT jobid) AS jobs
FROM spent ${LAST_MONTH} GROUP BY day, tenant ORDER BY day DESC, usd DESC`,
  },
  'cost-by-stage-and-component': {
    description: 'Where the money went, and why',
    sql: `SELECT stage, component, tier, worth, sum(costmicrousd) / 1e6 AS usd, sum(seconds) AS seconds
FROM spent ${LAST_MONTH} GROUP BY stage, component, tier, worth ORDER BY usd DESC`,
  },
};
