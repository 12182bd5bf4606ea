import type { AnsweredQuestion, CostFact, PublishedClip, ReworkedShot, StoppedJob } from '#contracts/ledger';

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

export const ANSWERED_COLUMNS = {
  jobId: 'string',
  tenant: 'string',
  campaign: 'string',
  template: 'string',
  subject: 'string',
  round: 'int',
  outcome: 'string',
  answeredBy: 'string',
  acceptedAt: 'string',
  requestedAt: 'string',
  decidedAt: 'string',
} as const satisfies Record<Exclude<keyof AnsweredQuestion, 'day'>, ColumnType>;

export const STOPPED_COLUMNS = {
  jobId: 'string',
  tenant: 'string',
  visit: 'string',
  gpuCostAvoidedMicroUsd: 'bigint',
} as const satisfies Record<Exclude<keyof StoppedJob, 'day'>, ColumnType>;

/** An instant of a line (`2026-11-24T10:00:00.000Z`) as a time, in words that Athena and DuckDB share. */
const moment = (column: string): string => `CAST(replace(replace(${column}, 'T', ' '), 'Z', '') AS timestamp)`;
const seconds = (from: string, to: string): string => `date_diff('millisecond', ${moment(from)}, ${moment(to)}) / 1e3`;

export interface View {
  readonly columns: Columns;
  readonly sql: string;
}

/** The same words as in the command line's SQL (tools/cli/sql): `cost`, `spent`, `published`, `answered`, `stopped`. In order: a view reads those before it. */
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
  answered: {
    columns: {
      ...{ day: 'string', tenant: 'string', jobid: 'string', campaign: 'string', template: 'string', subject: 'string', round: 'int' },
      ...{ outcome: 'string', answeredby: 'string', waitedseconds: 'double', reworkseconds: 'double', previewseconds: 'double' },
    },
    // Seconds: from question to answer; from an answer that sent the clip back to the next round; from the accepted brief to its first preview.
    sql: `SELECT a.day, a.tenant, a.jobid, a.campaign, a.template, a.subject, a.round, a.outcome, a.answeredby,
       ${seconds('a.requestedat', 'a.decidedat')} AS waitedseconds,
       CASE WHEN a.outcome = 'rework' THEN ${seconds('a.decidedat', 'b.requestedat')} END AS reworkseconds,
       CASE WHEN a.subject = 'preview' AND a.round = 1 THEN ${seconds('a.acceptedat', 'a.requestedat')} END AS previewseconds
FROM answered_lines a LEFT JOIN answered_lines b ON b.jobid = a.jobid AND b.subject = a.subject AND b.round = a.round + 1`,
  },
  stopped: {
    columns: { jobid: 'string', tenant: 'string', day: 'string', visit: 'string', gpucostavoidedmicrousd: 'bigint' },
    // Told twice around midnight, it is one job.
    sql: `SELECT jobid, max(tenant) AS tenant, min(day) AS day, max(visit) AS visit, max(gpucostavoidedmicrousd) AS gpucostavoidedmicrousd
FROM stopped_lines GROUP BY jobid`,
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
  'review-load': {
    description: 'What share of the questions people answered, how long it took, and how soon previews were there; by tenant and template',
    sql: `SELECT tenant, template, count(*) AS questions,
       sum(CASE WHEN answeredby = 'person' THEN 1 ELSE 0 END) / cast(count(*) AS double) AS human_share,
       approx_percentile(CASE WHEN answeredby = 'person' THEN waitedseconds END, 0.5) AS answer_seconds,
       approx_percentile(previewseconds, 0.5) AS preview_seconds,
       sum(CASE WHEN outcome = 'rework' THEN 1 ELSE 0 END) AS sent_back, avg(reworkseconds) AS rework_seconds
FROM answered ${LAST_MONTH} GROUP BY tenant, template ORDER BY questions DESC`,
  },
  'gpu-cost-avoided': {
    description: 'What GPUs need not do because a job was refused in time: an estimate, and no part of what was spent',
    sql: `SELECT tenant, visit, count(*) AS jobs, sum(gpucostavoidedmicrousd) / 1e6 AS usd
FROM stopped ${LAST_MONTH} GROUP BY tenant, visit ORDER BY usd DESC`,
  },
};
