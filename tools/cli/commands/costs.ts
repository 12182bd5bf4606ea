import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openAnalytics } from '#adapters/analytics/duckdb';
import { COST_DIMENSIONS, CostsResult } from '#contracts/cli';
import { formatUsd } from '#contracts/money';
import { type CommonFlags, type Run, withWhere } from '../context.ts';
import { type CostQuestion, queryCosts } from '../cost-query.ts';
import { copyFacts } from '../fact-copy.ts';
import { table } from '../table.ts';

function day(value: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return value;
  throw new InvalidArgumentError('expected a day such as 2026-11-24.');
}

export function costsCommand(program: Command, run: Run): void {
  withWhere(program.command('costs'))
    .description('what was spent, and what a rendered second cost')
    .addOption(new Option('--by <dimension>', 'what to sum by').choices(COST_DIMENSIONS).default('stage'))
    .option('--tenant <name>', 'only this tenant')
    .option('--since <day>', 'from this UTC day on', day)
    .option('--until <day>', 'up to this UTC day', day)
    .action((flags: CommonFlags & CostQuestion) =>
      run(flags, async ({ product, voice, root }) => {
        const { s3, outputs, where } = await product();
        const bucket = outputs.get('LedgerBucket');
        const copy = await copyFacts(s3, bucket, join(root, '.framewright', 'facts', where.kind, bucket));
        voice.say(`${copy.facts} facts of ${bucket}, ${copy.downloaded} of them new`);
        const analytics = await openAnalytics();
        try {
          const { by, tenant, since, until } = flags;
          const result = await queryCosts(analytics, copy.folder, { by, tenant, since, until });
          voice.result(CostsResult, result, costLines(result));
        } finally {
          analytics.close();
        }
      }),
    );
}

export function costLines(result: CostsResult): string[] {
  const share = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`);
  return [
    ...table(result.rows, [
      { title: result.by, of: ({ value }) => value },
      { title: 'cost', of: ({ costMicroUsd }) => formatUsd(costMicroUsd), align: 'right' },
      { title: 'useful', of: ({ costMicroUsd, usefulMicroUsd }) => share(usefulMicroUsd, costMicroUsd), align: 'right' },
      { title: 'billed seconds', of: ({ seconds }) => seconds.toFixed(1), align: 'right' },
      { title: 'jobs', of: ({ jobs }) => String(jobs), align: 'right' },
    ]),
    '',
    `total ${formatUsd(result.totalMicroUsd)} for ${result.renderedSeconds} published seconds` +
      (result.costPerRenderedSecondMicroUsd === null ? '' : `: ${formatUsd(result.costPerRenderedSecondMicroUsd)} per rendered second`),
  ];
}
