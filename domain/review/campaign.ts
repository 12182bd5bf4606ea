import { type CampaignRecord, MAX_PRECEDENTS, type Precedent, type ReviewDecision, type ReviewItem } from '#contracts/review';
import { isRule } from './auto-approval.ts';

/**
 * How long an approval stands for others, in days: the clips of a campaign arrive within minutes or a few days, and what people found right
 * two weeks ago they have not looked at since.
 */
const STANDS_DAYS = 14;
/** Looks of one campaign that are remembered; a campaign with more of them repeats nothing. With five approvals each a row stays below 30 KB. */
const MAX_LOOKS = 20;

export const NOTHING_SAID: CampaignRecord = { approvals: [] };

/** Whether an answer ends every precedent of its campaign: a person refused, whatever was asked, an audit included. */
export const isRefusal = ({ outcome, reviewer }: Pick<ReviewDecision, 'outcome' | 'reviewer'>): boolean =>
  outcome !== 'approved' && !isRule(reviewer);

/**
 * What a decision adds to what is known of its campaign; `undefined` when nothing. Told twice, or in another order, it comes to the same: a refusal
 * takes away every approval up to its moment, whenever it is told. Two approvals of one job are one.
 */
export function remembered(
  record: CampaignRecord,
  { jobId, subject, kind, look }: Pick<ReviewItem, 'jobId' | 'subject' | 'kind' | 'look'>,
  decision: Pick<ReviewDecision, 'outcome' | 'reviewer' | 'decidedAt' | 'round' | 'together'>,
): CampaignRecord | undefined {
  const { reviewer, decidedAt } = decision;
  const { refusedAt } = record;
  if (isRefusal(decision)) {
    if (refusedAt !== undefined && refusedAt >= decidedAt) return undefined;
    return { refusedAt: decidedAt, approvals: record.approvals.filter((one) => one.decidedAt > decidedAt) };
  }
  const isEvidence =
    subject === 'preview' && kind === 'decision' && !isRule(reviewer) && (decision.round ?? 1) === 1 && isUnblemished(decision);
  if (!isEvidence || look === undefined || (refusedAt !== undefined && decidedAt <= refusedAt)) return undefined;
  if (record.approvals.some((one) => one.jobId === jobId)) return undefined;
  const approvals = [...record.approvals, { look, jobId, reviewer, decidedAt }].sort((one, other) =>
    one.decidedAt < other.decidedAt ? -1 : 1,
  );
  return { ...record, approvals: latest(approvals) };
}

/** Where a person left something out, the others are approved but stand for nothing: what was wrong with it may yet be told. */
const isUnblemished = ({ together }: Pick<ReviewDecision, 'together'>): boolean => (together?.leftOut ?? 0) === 0;

/** The latest approvals of the latest looks. */
function latest(approvals: CampaignRecord['approvals']): CampaignRecord['approvals'] {
  const newestFirst = approvals.toReversed();
  const looks = [...new Set(newestFirst.map(({ look }) => look))].slice(0, MAX_LOOKS);
  const counts = new Map(looks.map((look) => [look, 0]));
  return newestFirst
    .filter(({ look }) => {
      const count = counts.get(look);
      if (count === undefined || count === MAX_PRECEDENTS) return false;
      counts.set(look, count + 1);
      return true;
    })
    .reverse();
}

/** What people approved of this look, and still stands, oldest first. */
export function precedentsOf({ approvals }: CampaignRecord, look: string | undefined, now: Date): Precedent[] {
  const since = new Date(now.getTime() - STANDS_DAYS * 86_400_000).toISOString();
  return approvals.filter((one) => one.look === look && one.decidedAt >= since).map(({ look: _, ...precedent }) => precedent);
}
