import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { ReviewListResult } from '#contracts/cli';
import { tenantOfJob } from '#contracts/identity';
import { DecideOutput, type DecideRequest, type ReviewDecision, ReviewNote, ReviewSubject } from '#contracts/review';
import { ClaimOutput } from '#contracts/review-api';
import { claim, release } from '#domain/review/room';
import { type CommonFlags, type Run, withWhere } from '../context.ts';
import { decide } from '../decide.ts';
import { Failure } from '../failure.ts';
import { table } from '../table.ts';
import { jobIdArgument } from './jobs.ts';

interface DecideFlags extends CommonFlags {
  readonly subject?: ReviewSubject;
  readonly reason?: string;
  readonly reviewer: string;
  readonly note?: readonly ReviewNote[];
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

  const decides = (word: 'approve' | 'reject' | 'rework', outcome: ReviewDecision['outcome'], does: string): Command =>
    withReviewer(withWhere(review.command(word).argument('<job>', 'job id', jobIdArgument)))
      .description(does)
      .option('--reason <text>', 'why; kept in the ledger')
      .action((jobId: string, flags: DecideFlags) =>
        run(flags, async ({ product, voice }) => {
          const { subject, reviewer, reason = '', note: notes = [] } = flags;
          const input = { jobId, outcome, reviewer, reason, notes: [...notes], ...(subject && { subject }) };
          const output = await decide(await product(), input);
          if (output.result === 'not-found') throw notFound(jobId, subject);
          if (output.result === 'expired')
            throw new Failure('ReviewExpired', `the review of job ${jobId} ended at ${output.item?.deadlineAt}; the job was rejected`, {
              hint: 'submit the brief again',
            });
          const why = unanswered(output);
          if (why) throw new Failure('ReviewUnanswered', `job ${jobId}: ${why}`, { hint: 'review list shows what waits' });
          voice.result(DecideOutput, output, [answerLine(jobId, input, output)]);
          const standing = output.item?.decision;
          if (standing && standing.outcome !== outcome) process.exitCode = 1;
        }),
      );
  decides('approve', 'approved', 'let the job go on');
  decides('reject', 'rejected', 'end the job without a clip');
  decides('rework', 'rework', 'send shots back: they are rendered again and the question is asked again').requiredOption(
    '--note <shot@seconds:text>',
    'what to change, for example "2@3.5:the label flickers"; may be repeated',
    noteArgument,
  );

  const claims = (word: 'claim' | 'release', change: typeof claim, does: string): Command =>
    withReviewer(withWhere(review.command(word).argument('<job>', 'job id', jobIdArgument)))
      .description(does)
      .action((jobId: string, { subject, reviewer, ...flags }: DecideFlags) =>
        run(flags, async ({ product, voice }) => {
          const { reviews, outputs } = await product();
          const publisher = openEventPublisher({ busName: outputs.get('BusName') });
          const items = await reviews.find(tenantOfJob(jobId), jobId);
          const item = items.find((one) => one.kind === 'decision' && (subject ? one.subject === subject : one.status === 'waiting'));
          if (!item) throw notFound(jobId, subject);
          const output = await change(item, { name: reviewer, role: 'reviewer' }, { reviews, publisher, now: () => new Date() });
          voice.result(ClaimOutput, output, [claimLine(jobId, item.subject, output)]);
          if (output.result === 'taken' || output.result === 'settled') process.exitCode = 1;
        }),
      );
  claims('claim', claim, 'say that you are at it, so that nobody else looks at the same clip');
  claims('release', release, 'give it back before your claim ends by itself');
}

/** Options of whatever is done in a person's name. */
const withReviewer = (command: Command): Command =>
  command
    .addOption(new Option('--subject <subject>', 'which of its reviews; the waiting one when left out').choices(ReviewSubject.options))
    .option('--reviewer <name>', 'who you are', userInfo().username);

const notFound = (jobId: string, subject: ReviewSubject | undefined): Failure =>
  new Failure('ReviewNotFound', `expected a review of job ${jobId}${subject ? ` about its ${subject}` : ''}, found none`, {
    hint: 'review list shows what waits',
  });

function answerLine(
  jobId: string,
  { outcome, reviewer }: Pick<DecideRequest, 'outcome' | 'reviewer'>,
  { result, item }: DecideOutput,
): string {
  const what = `${jobId}  ${item?.subject}`;
  if (result === 'decided') return `${what} ${outcome === 'rework' ? 'sent back' : outcome} by ${reviewer}`;
  if (result === 'second-needed') return `${what} approved by ${item?.firstApproval?.reviewer}; another person has to approve it too`;
  return `${what} was ${item?.decision?.outcome} before, by ${item?.decision?.reviewer}; that decision stands`;
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

function claimLine(jobId: string, subject: ReviewSubject, { result, item }: ClaimOutput): string {
  const what = `${jobId}  ${subject}`;
  if (result === 'claimed') return `${what} is yours until ${item?.claim?.until}`;
  if (result === 'released') return `${what} is anybody's again`;
  if (result === 'taken') return `${what} is with ${item?.claim?.reviewer} until ${item?.claim?.until}`;
  return `${what} is settled`;
}

/** `2@3.5:the label flickers`: shot 2, three and a half seconds into the clip. */
function noteArgument(text: string, before: readonly ReviewNote[] = []): readonly ReviewNote[] {
  const [, shot, at, words] = /^(\d+)@(\d+(?:\.\d+)?):(.+)$/s.exec(text) ?? [];
  const note = ReviewNote.safeParse({ shot: Number(shot), at: Number(at), text: words });
  if (note.success) return [...before, note.data];
  throw new InvalidArgumentError('expected <shot>@<seconds>:<text>, for example "2@3.5:the label flickers".');
}
