import { readFile } from 'node:fs/promises';
import type { Analytics } from '#adapters/analytics/duckdb';
import { CostsResult } from '#contracts/cli';
import { costPerRenderedSecond } from '#domain/ledger/cost-per-second';

/** Which facts count; days are `YYYY-MM-DD`, both included. */
export interface CostQuestion {
  readonly by: (typeof CostsResult.shape.by.options)[number];
  readonly tenant?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

const sql = (name: string): Promise<string> => readFile(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8');

/** Answers with the SQL of `tools/cli/sql` over the facts in `folder`. */
export async function queryCosts(analytics: Analytics, folder: string, question: CostQuestion): Promise<CostsResult> {
  const variables = { facts: folder, dimension: question.by, only_tenant: question.tenant, since: question.since, until: question.until };
  await analytics.query(await sql('views'), variables);
  const rows = await analytics.query(await sql('costs-by'));
  const [total] = await analytics.query(await sql('total'));
  const [review] = await analytics.query(await sql('review'));
  const [stopped] = await analytics.query(await sql('avoided'));
  const totalMicroUsd = Number(total?.totalMicroUsd ?? 0);
  const renderedSeconds = Number(total?.renderedSeconds ?? 0);
  return CostsResult.parse({
    by: question.by,
    rows,
    totalMicroUsd,
    renderedSeconds,
    costPerRenderedSecondMicroUsd: costPerRenderedSecond(totalMicroUsd, renderedSeconds),
    review,
    stopped,
  });
}
