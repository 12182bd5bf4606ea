import { userInfo } from 'node:os';
import { type Command, Option } from 'commander';
import { ReviewListResult } from '#contracts/cli';
import { DecideOutput, type ReviewDecision, ReviewSubject } from '#contracts/review';
import { type CommonFlags, type Run, withWhere } from '../context.ts';
import { decide } from '../decide.ts';
import { Failure } from '../failure.ts';
import { table } from '../table.ts';
import { jobIdArgument } from './jobs.ts';

interface DecideFlags extends CommonFlags {
  readonly subject?: ReviewSubject;
  readonly reason?: string;
  readonly reviewer: string;
}

export function reviewCommand(program: Command, run: Run): void {
  const review = program.command('review').description('see what waits for a decision, and decide');

  withWhere(review.command('list'))
    .description('what waits, the nearest deadline first')
    .option('--tenant <name>', 'only this tenant')
    .action((flags: CommonFlags & { tenant?: string }) =>
      run(flags, async ({ product, voice }) => {
        const items = await (await product()).reviews.waiting(flags.tenant);
        const lines = table(items, [
          { title: 'job', of: ({ jobId }) => jobId },
          { title: 'subject', of: ({ subject }) => subject },
          { title: 'deadline', of: ({ deadlineAt }) => deadlineAt.slice(0, 19).replace('T', ' ') },
          { title: 'why', of: ({ reasons }) => reasons.join('; ').slice(0, 100) },
        ]);
        voice.result(ReviewListResult, { items }, items.length === 0 ? ['nothing waits for a decision'] : lines);
      }),
    );

  const answer = (word: 'approve' | 'reject', outcome: ReviewDecision['outcome'], does: string): void => {
    withWhere(review.command(word).argument('<job>', 'job id', jobIdArgument))
      .description(does)
      .addOption(new Option('--subject <subject>', 'which of its reviews; the waiting one when left out').choices(ReviewSubject.options))
      .option('--reason <text>', 'why; kept in the ledger')
      .option('--reviewer <name>', 'who decides', userInfo().username)
      .action((jobId: string, flags: DecideFlags) =>
        run(flags, async ({ product, voice }) => {
          const { subject, reviewer, reason = '' } = flags;
          const output = await decide(await product(), { jobId, outcome, reviewer, reason, ...(subject && { subject }) });
          const { result, item } = output;
          if (result === 'not-found')
            throw new Failure('ReviewNotFound', `expected a review of job ${jobId}${subject ? ` about its ${subject}` : ''}, found none`, {
              hint: 'review list shows what waits',
            });
          if (result === 'expired')
            throw new Failure('ReviewExpired', `the review of job ${jobId} ended at ${item?.deadlineAt}; the job was rejected`, {
              hint: 'submit the brief again',
            });
          const why = unanswered(output);
          if (why) throw new Failure('ReviewUnanswered', `job ${jobId}: ${why}`, { hint: 'review list shows what waits' });
          const standing = item?.decision;
          voice.result(DecideOutput, output, [
            result === 'second-needed'
              ? `${jobId}  ${item?.subject} approved by ${item?.firstApproval?.reviewer}; another person has to approve it too`
              : result === 'decided'
                ? `${jobId}  ${item?.subject} ${outcome} by ${reviewer}`
                : `${jobId}  ${item?.subject} was ${standing?.outcome} before, by ${standing?.reviewer}; that decision stands`,
          ]);
          if (standing && standing.outcome !== outcome) process.exitCode = 1;
        }),
      );
  };
  answer('approve', 'approved', 'let the job go on');
  answer('reject', 'rejected', 'end the job without a clip');
}

/** Why an answer settled nothing and will not by being repeated; `undefined` when it did, or when it was settled before. */
function unanswered({ result, item, problem }: DecideOutput): string | undefined {
  switch (result) {
    case 'claimed':
      return `expected a free review, found ${item?.claim?.reviewer} at it until ${item?.claim?.until}`;
    case 'stale':
      return `expected an answer about round ${item?.round}, found one about another round`;
    case 'refused':
      return problem ?? 'the answer was refused';
    default:
      return undefined;
  }
}
