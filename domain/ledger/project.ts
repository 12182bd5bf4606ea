import { type LifecycleEvent, placeOf, standsAt } from '#contracts/events';
import { type JobRow, type JobStatus, TERMINAL_STATUSES } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import { stageOf, VISITS } from '#contracts/stages';
import { type Ending, endingOf, standing } from './ending.ts';
import type { JobNews } from './execution.ts';
import { failureOf, laterFailure } from './failure.ts';
import { merge, percentOf } from './progress.ts';

/** Until the accepted brief is heard of, nobody knows whose campaign it is; a refused brief never says. */
const NO_CAMPAIGN = 'none';

const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * Folds one piece of news into a job's row. Any order and any number of copies give the same row: every field is a maximum, a minimum or
 * taken from the one event that knows it, and where the job stands is decided by sequence numbers, never by arrival.
 * `costMicroUsd` is carried over untouched.
 */
export function project(row: JobRow | undefined, news: JobNews): JobRow {
  const before = row ?? blank(news);
  const moved = withPlace(before, news);
  const told = withBrief(moved, news);
  const ended = withFailure(withEnding(told, endingOf(news)), news);
  return { ...ended, status: statusOf(ended), updatedAt: later(before.updatedAt, news.at) };
}

const blank = (news: JobNews): JobRow => ({
  jobId: news.jobId,
  tenant: news.tenant,
  campaign: NO_CAMPAIGN,
  status: 'accepted',
  visit: VISITS[0],
  percent: 0,
  sequence: 0,
  acceptedAt: news.at,
  updatedAt: news.at,
  costMicroUsd: microUsd(0),
});

/**
 * Whether an event says where the job is. A failed step may be tried again, so it moves nothing; the function that asks for a review has
 * completed long before anybody answers, so at review only the question and the answer count.
 */
function places(news: JobNews): news is LifecycleEvent {
  switch (news.type) {
    case 'execution.ended':
    case 'stage.failed':
    case 'attempt.failed':
    case 'brief.duplicated':
    // What is said about a question, or about a rule that answered one, comes late and moves nothing.
    case 'review.claimed':
    case 'review.released':
    case 'review.escalated':
    case 'review.sampled':
    case 'review.audited':
    case 'rule.suspended':
      return false;
    case 'stage.completed':
      return stageOf(news.visit) !== 'review';
    default:
      return true;
  }
}

function withPlace(row: JobRow, news: JobNews): JobRow {
  if (!places(news)) return row;
  const sequence = Math.max(row.sequence, news.sequence);
  const { take, visit } = placeOf(sequence);
  const isHere = (other: number): boolean => placeOf(other).take === take && placeOf(other).visit === visit;
  const { partPercents: known, ...rest } = row;
  const kept = isHere(row.sequence) ? known : undefined;
  const reported = news.type === 'stage.progressed' && isHere(news.sequence) ? merge(kept, news) : kept;
  return {
    ...rest,
    ...{ sequence, visit, percent: percentOf(sequence, reported) },
    ...(take > 1 && { take }),
    ...(reported && { partPercents: reported }),
  };
}

/** What only some events know: whose brief it is and what is in it. */
function withBrief(row: JobRow, news: JobNews): JobRow {
  const dated = { ...row, acceptedAt: acceptance(row, news) };
  switch (news.type) {
    case 'brief.accepted': {
      const { campaign, briefKey, clipSeconds, tier, template } = news;
      const { reason, ...rest } = dated;
      return { ...rest, campaign, briefKey, clipSeconds, tier, template, ...(hasEnded(row) && reason !== undefined && { reason }) };
    }
    case 'brief.parked': {
      if (isAccepted(row) || hasEnded(row)) return { ...dated, briefKey: news.briefKey };
      // Instants sort as text, so the greater of two reasons is the one that waits longer.
      const reason = later(row.reason ?? '', `waits until ${news.until} for ${news.missing.join(', ')}`);
      return { ...dated, briefKey: news.briefKey, reason };
    }
    case 'brief.rejected':
      return { ...dated, briefKey: news.briefKey };
    case 'stage.completed':
    case 'stage.failed':
      return { ...dated, campaign: news.campaign };
    case 'job.published':
      return { ...dated, renderedSeconds: news.publication.renderedSeconds };
    default:
      return dated;
  }
}

const isAccepted = (row: JobRow): boolean => row.clipSeconds !== undefined;
const hasEnded = (row: JobRow): boolean => TERMINAL_STATUSES.includes(row.status);

/** When intake said yes; until that is known, when the job was first heard of. */
function acceptance(row: JobRow, news: JobNews): string {
  if (news.type === 'brief.accepted') return isAccepted(row) ? earlier(row.acceptedAt, news.at) : news.at;
  return isAccepted(row) ? row.acceptedAt : earlier(row.acceptedAt, news.at);
}

function withEnding(row: JobRow, ending: Ending | undefined): JobRow {
  const current = hasEnded(row) ? { status: row.status, at: row.endedAt ?? row.updatedAt, reason: row.reason } : undefined;
  const winner = standing(current, ending);
  if (!winner) return row;
  const { reason: _, ...rest } = row;
  return { ...rest, status: winner.status, endedAt: winner.at, ...(winner.reason !== undefined && { reason: winner.reason }) };
}

function withFailure(row: JobRow, news: JobNews): JobRow {
  const failure = laterFailure(row.failure, failureOf(news));
  return failure ? { ...row, failure } : row;
}

function statusOf(row: JobRow): JobStatus {
  if (hasEnded(row)) return row.status;
  if (stageOf(row.visit) === 'review' && standsAt(row.sequence, 'requested')) return 'waiting-for-review';
  return row.visit === 'intake' ? 'accepted' : 'running';
}
