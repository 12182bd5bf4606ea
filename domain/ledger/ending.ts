import type { JobStatus } from '#contracts/ledger';
import type { JobNews } from './execution.ts';

/** How a job ended, according to one piece of news. */
export interface Ending {
  readonly status: JobStatus;
  readonly at: string;
  readonly reason?: string | undefined;
}

/** Problems of a rejected brief that a row has room for; the note next to the brief holds all of them. */
const PROBLEMS_IN_REASON = 3;

/**
 * Who is believed when two endings are reported: what a viewer can see first, then what somebody decided, then what went wrong.
 * A clip that was published and then failed to say so is published.
 */
const BELIEVED: readonly JobStatus[] = ['published', 'previewed', 'rejected', 'canceled', 'failed'];

export function endingOf(news: JobNews): Ending | undefined {
  switch (news.type) {
    case 'job.published':
      return { status: 'published', at: news.at };
    case 'job.concluded':
      return { status: news.outcome, at: news.at, ...(news.reason && { reason: news.reason }) };
    case 'brief.rejected': {
      const shown = news.problems
        .slice(0, PROBLEMS_IN_REASON)
        .map(({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`);
      const more = news.problems.length - shown.length;
      return { status: 'rejected', at: news.at, reason: [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ') };
    }
    case 'execution.ended':
      return { status: news.outcome, at: news.at, reason: news.reason };
    default:
      return undefined;
  }
}

/** The ending that stands: the more believed, then the earlier, then the smaller text, so that order of arrival never decides. */
export function standing(a: Ending | undefined, b: Ending | undefined): Ending | undefined {
  if (!a || !b) return a ?? b;
  const rank = BELIEVED.indexOf(a.status) - BELIEVED.indexOf(b.status);
  if (rank !== 0) return rank < 0 ? a : b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return (a.reason ?? '') <= (b.reason ?? '') ? a : b;
}
