import { type Command, InvalidArgumentError } from 'commander';
import { JobCancelResult, JobShowResult, JobsListResult } from '#contracts/cli';
import { JobId, tenantOfJob } from '#contracts/identity';
import type { JobRow } from '#contracts/ledger';
import { formatUsd } from '#contracts/money';
import { costByStage, type StageCost } from '#domain/ledger/cost-by-stage';
import { costByWork, type WorkCost } from '#domain/ledger/cost-by-work';
import { costPerRenderedSecond } from '#domain/ledger/cost-per-second';
import { explained } from '#domain/ledger/failure';
import { cancel } from '../cancel.ts';
import { type CommonFlags, type Run, withWhere } from '../context.ts';
import { Failure } from '../failure.ts';
import type { Product } from '../product.ts';
import { progressOf, visitLine } from '../progress.ts';
import { table } from '../table.ts';
import { watch } from '../watch.ts';

/** Parses a job id given on the command line. */
export function jobIdArgument(value: string): string {
  if (JobId.safeParse(value).success) return value;
  throw new InvalidArgumentError('expected <tenant>_<24 hex digits>; jobs list shows them.');
}

export function count(value: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('expected a whole number above 0.');
}

export const stageTable = (stages: readonly StageCost[]): string[] =>
  table(stages, [
    { title: 'stage', of: ({ name }) => name },
    { title: 'billed seconds', of: ({ seconds }) => seconds.toFixed(3), align: 'right' },
    { title: 'cost', of: ({ costMicroUsd }) => formatUsd(costMicroUsd), align: 'right' },
  ]);

/** A job with everything the ledger knows about it. */
async function show({ ledger, where }: Product, jobId: string): Promise<JobShowResult & { visits: string[] }> {
  const tenant = tenantOfJob(jobId);
  const [job, facts, events] = await Promise.all([ledger.job(tenant, jobId), ledger.costs(tenant, jobId), ledger.events(tenant, jobId)]);
  if (!job)
    throw new Failure('JobUnknown', `${where.name}: expected job ${jobId} in the ledger, found nothing`, {
      hint: 'jobs list shows the jobs it knows',
    });
  return {
    job,
    stages: costByStage(facts),
    work: costByWork(facts, events),
    events: events.length,
    costPerRenderedSecondMicroUsd: costPerRenderedSecond(job.costMicroUsd, job.renderedSeconds ?? 0),
    visits: progressOf(job, events, Date.now()).visits.map(visitLine),
  };
}

/** Said only when something was lost: an undisturbed job has one line, and it says nothing new. */
const workTable = (work: readonly WorkCost[]): string[] =>
  work.length < 2
    ? []
    : [
        '',
        ...table(work, [
          { title: 'work', of: ({ name }) => name },
          { title: 'billed seconds', of: ({ seconds }) => seconds.toFixed(3), align: 'right' },
          { title: 'cost', of: ({ costMicroUsd }) => formatUsd(costMicroUsd), align: 'right' },
        ]),
      ];

const describe = ({ job, stages, work = [], costPerRenderedSecondMicroUsd }: JobShowResult): string[] => [
  ...stageTable(stages),
  ...workTable(work),
  '',
  `total ${formatUsd(job.costMicroUsd)}${costPerRenderedSecondMicroUsd === null ? '' : `, ${formatUsd(costPerRenderedSecondMicroUsd)} per rendered second`}`,
];
const headline = (job: JobRow): string =>
  [`${job.jobId}  ${job.status} at ${job.visit}, ${Math.floor(job.percent)} %`, explained(job)].filter(Boolean).join('  ');

export function jobsCommand(program: Command, run: Run): void {
  const jobs = program.command('jobs').description('look at jobs, follow them, cancel them');

  withWhere(jobs.command('list'))
    .description('jobs, newest first')
    .option('--tenant <name>', 'only this tenant')
    .option('--limit <count>', 'at most this many', count, 20)
    .action((flags: CommonFlags & { tenant?: string; limit: number }) =>
      run(flags, async ({ product, voice }) => {
        const found = await (await product()).ledger.jobsOf(flags.tenant, flags.limit);
        const lines = table(found, [
          { title: 'job', of: ({ jobId }) => jobId },
          { title: 'status', of: ({ status }) => status },
          { title: 'visit', of: ({ visit }) => visit },
          { title: '%', of: ({ percent }) => String(Math.floor(percent)), align: 'right' },
          { title: 'accepted', of: ({ acceptedAt }) => acceptedAt.slice(0, 19).replace('T', ' ') },
          { title: 'cost', of: ({ costMicroUsd }) => formatUsd(costMicroUsd), align: 'right' },
          { title: 'reason', of: (job) => explained(job)?.split('\n')[0]?.slice(0, 80) ?? '' },
        ]);
        voice.result(
          JobsListResult,
          { jobs: found },
          found.length === 0 ? ['no jobs yet; start one with: framewright submit <folder>'] : lines,
        );
      }),
    );

  withWhere(jobs.command('show').argument('<job>', 'job id', jobIdArgument))
    .description('one job: where it is, what it cost by stage')
    .action((jobId: string, flags: CommonFlags) =>
      run(flags, async ({ product, voice }) => {
        const { visits, ...result } = await show(await product(), jobId);
        voice.result(JobShowResult, result, [headline(result.job), '', ...visits, '', ...describe(result)]);
      }),
    );

  withWhere(jobs.command('watch').argument('<job>', 'job id', jobIdArgument))
    .description('follow a job until it ends; fails when it ends without a clip')
    .action((jobId: string, flags: CommonFlags) =>
      run(flags, async ({ product, voice, signal }) => {
        const opened = await product();
        const row = await watch(opened, jobId, voice, { signal });
        const { visits: _, ...result } = await show(opened, jobId);
        voice.result(JobShowResult, result, ['', ...describe(result)]);
        if (row.status !== 'published' && row.status !== 'previewed') process.exitCode = 1;
      }),
    );

  withWhere(jobs.command('cancel').argument('<job>', 'job id', jobIdArgument))
    .description('stop a job and everything it runs; what it spent stays in the ledger')
    .action((jobId: string, flags: CommonFlags) =>
      run(flags, async ({ product, voice, signal }) => {
        const result = await cancel(await product(), jobId, signal);
        voice.result(JobCancelResult, result, [`${jobId}  ${result.result}`]);
        if (result.result === 'not-found') process.exitCode = 1;
      }),
    );
}
