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

const share = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`);

/** `85.0 s`, `12.5 min`, `3.2 h`: as fine as anybody needs who compares. */
const time = (seconds: number): string => {
  if (seconds < 120) return `${seconds.toFixed(1)} s`;
  return seconds < 7_200 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3_600).toFixed(1)} h`;
};

export function costLines(result: CostsResult): string[] {
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
    ...reviewLines(result.review),
    ...stoppedLines(result.stopped),
  ];
}

/** What people had to do with it, as far as anything was asked. */
function reviewLines(review: CostsResult['review']): string[] {
  if (!review || review.questions === 0) return [];
  const { questions, byPeople, answerSeconds, sentBack, reworkSeconds, previewSeconds } = review;
  return [
    `review: people answered ${byPeople} of ${questions} questions (${share(byPeople, questions)})${byPeople < questions ? ', rules the others' : ''}` +
      (answerSeconds === null ? '' : `; a person after ${time(answerSeconds)} (median)`),
    ...(previewSeconds === null ? [] : [`preview: asked about ${time(previewSeconds)} after the brief was accepted (median)`]),
    ...(sentBack === 0
      ? []
      : [`rework: ${sentBack} sent back${reworkSeconds === null ? '' : `, asked about again after ${time(reworkSeconds)} (mean)`}`]),
  ];
}

const stoppedLines = (stopped: CostsResult['stopped']): string[] =>
  !stopped || stopped.jobs === 0
    ? []
    : [
        `stopped: ${stopped.jobs} refused before the final was rendered; its GPUs would have cost about ` +
          `${formatUsd(stopped.gpuCostAvoidedMicroUsd)} (an estimate, in no total)`,
      ];
