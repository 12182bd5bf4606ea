import { tenantOfJob } from '#contracts/identity';
import type { DecideInput, DecideOutput, ReviewDecision, ReviewItem } from '#contracts/review';
import type { ArtifactStore, CampaignStore, EventPublisher, Now, ReviewStore, RuleStore, TaskTokens } from '#domain/ports';
import { followApproval, recordAudit } from './audit.ts';
import { isRule, ruleBehind } from './auto-approval.ts';
import { isRefusal, remembered } from './campaign.ts';
import { readDossier } from './dossier.ts';
import * as facts from './facts.ts';
import { followNotes, wordsOf } from './rework.ts';
import type { ScreenWords } from './screen-words.ts';
import { type Answer, type Judgement, settlement, whyNotRework } from './settlement.ts';

export interface ReviewNeighbours {
  readonly reviews: ReviewStore;
  readonly rules: RuleStore;
  readonly campaigns: CampaignStore;
  readonly tokens: TaskTokens;
  readonly publisher: EventPublisher;
  readonly artifacts: Pick<ArtifactStore, 'put' | 'get'>;
  /** Reads new words of a reviewer as the tenant's brief was read. */
  readonly screenWords: ScreenWords;
  readonly now: Now;
}

/** What stands behind an answer besides what the caller says. */
export type Behind = Pick<Answer, 'evidence' | 'together'>;

/** A person's answer. Nobody can speak in a rule's name. */
export async function decide(input: DecideInput, to: ReviewNeighbours, behind?: Pick<Behind, 'together'>): Promise<DecideOutput> {
  if (isRule(input.reviewer)) return { result: 'refused', problem: `expected a person's name, found "${input.reviewer}"` };
  return answerQuestion(input, to, behind);
}

/**
 * Settles a question once and wakes the machine. Whoever calls again, with the same or another answer, hears the standing decision, and
 * the machine is told it once more: a caller that died between settling and waking is healed by the next one.
 */
export async function answerQuestion(input: DecideInput, to: ReviewNeighbours, behind: Behind = {}): Promise<DecideOutput> {
  const items = await to.reviews.find(tenantOfJob(input.jobId), input.jobId);
  const meant = itemMeant(items, input);
  if (!meant) return { result: 'not-found' };
  const { jobId, subject, kind } = meant;

  const followed = input.outcome === 'rework' ? await follow(meant, input, to) : undefined;
  const answer: Answer = { ...input, ...behind, followed, at: to.now() };
  await endPrecedents(meant, answer, to);
  const seen: { judgement?: Judgement } = {};
  const standing = await to.reviews.change({ jobId, subject, kind }, (item) => {
    if (!item) return undefined;
    seen.judgement = settlement(item, answer);
    return seen.judgement.item === item ? undefined : seen.judgement.item;
  });
  if (!standing || !seen.judgement) return { result: 'not-found' };

  const { item, taskToken } = standing;
  if (item.decision) await settled(item, item.decision, taskToken, to);
  const { result, problem } = seen.judgement;
  return { result, item, ...(problem !== undefined && { problem }) };
}

/**
 * What follows from a decision that stands. Every step may be done again and counts once. The machine is woken last: once it goes on,
 * nobody comes back to tell the bus, or to draw a rule's sample.
 */
export async function settled(
  item: ReviewItem,
  decision: ReviewDecision,
  taskToken: string | undefined,
  to: Pick<ReviewNeighbours, 'reviews' | 'tokens' | 'publisher' | 'rules' | 'campaigns'>,
): Promise<void> {
  await to.campaigns.change(item.tenant, item.campaign, (record) => remembered(record, item, decision));
  if (item.kind === 'audit') return recordAudit(item, decision, to);
  const rule = ruleBehind(decision.reviewer);
  if (rule) await followApproval(item, decision, rule, to);
  await to.publisher.publish([facts.decided(item, decision)]);
  if (taskToken !== undefined) await to.tokens.succeed(taskToken, decision);
}

/**
 * A person's refusal ends the precedents of its campaign before it is settled: a caller that dies in between leaves fewer approvals to rules,
 * never more, and whoever hears that a refusal stands knows that no rule goes on as before it.
 */
async function endPrecedents(item: ReviewItem, answer: Answer, { campaigns }: Pick<ReviewNeighbours, 'campaigns'>): Promise<void> {
  if (!isRefusal(answer)) return;
  const { decision } = settlement(item, answer).item;
  if (item.status === 'waiting' && decision)
    await campaigns.change(item.tenant, item.campaign, (record) => remembered(record, item, decision));
}

/** A caller who names no subject means the one that waits; when none does, the newest one that was asked about. */
function itemMeant(items: readonly ReviewItem[], { subject, kind }: DecideInput): ReviewItem | undefined {
  const named = items.filter((item) => item.kind === kind && (subject === undefined || item.subject === subject));
  const newest = named.sort((one, other) => other.requestedAt.localeCompare(one.requestedAt));
  return newest.find(({ status }) => status === 'waiting') ?? newest[0];
}

/** Reads what the question was about, follows the notes, and has new words read before anything is settled by them. */
async function follow(item: ReviewItem, { notes }: DecideInput, to: ReviewNeighbours): Promise<Answer['followed']> {
  const { round, subject, dossier, tenant, campaign } = item;
  if (item.status !== 'waiting' || whyNotRework(item) !== undefined) return undefined; // the settlement says so
  if (!dossier) return { round, plan: { problem: 'expected a question that keeps what it is about, found one of before that was kept' } };
  const { message } = await readDossier(dossier, to.artifacts);
  const plan = followNotes({ subject, message, notes });
  if ('problem' in plan) return { round, plan };
  const problem = await to.screenWords(wordsOf(plan.rework), { tenant, campaign, now: to.now().toISOString() });
  return { round, plan: problem === undefined ? plan : { problem } };
}
