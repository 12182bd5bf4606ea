import type { Brief } from '#contracts/brief';
import { TEMPLATES } from '#contracts/brief';
import type { ReviewItem } from '#contracts/review';
import { AUTO_APPROVAL_RULES } from './auto-approval.ts';
import { answerByRule } from './by-rule.ts';
import { precedentsOf } from './campaign.ts';
import { isOpen, lastingClaim } from './claims.ts';
import type { ReviewNeighbours } from './decide.ts';
import { readDossier } from './dossier.ts';
import { briefSettledBy } from './settled-brief.ts';

/** Fewest approvals that any rule asks for: below it nothing else has to be read. */
const FEWEST = Math.min(...AUTO_APPROVAL_RULES.flatMap(({ conditions }) => conditions.precedent?.approvals ?? []));

/** Whether a precedent could answer the question: it waits, nobody is at it, has given half an answer or left it out, and it has a look. */
export const isSibling = (item: ReviewItem, now: Date): boolean =>
  isOpen(item, now) &&
  item.kind === 'decision' &&
  item.subject === 'preview' &&
  item.look !== undefined &&
  item.firstApproval === undefined &&
  item.leftOut === undefined &&
  lastingClaim(item, now) === undefined;

/**
 * Settles what waits and has a precedent by now: people approved its like after it was asked. `within`: one campaign, else all. Every question is looked at with
 * what is known at its turn, so a refusal or a suspension in between stops the rest, and each is answered once, however many do this at the same
 * time. One that cannot be answered does not hold up the others: it is told at the end, and comes again with the next sweep.
 */
export async function settleSiblings(to: ReviewNeighbours, within?: Pick<ReviewItem, 'tenant' | 'campaign'>): Promise<ReviewItem[]> {
  const now = to.now();
  const waiting = (await to.reviews.waiting(within?.tenant)).filter(
    (item) => isSibling(item, now) && (within === undefined || item.campaign === within.campaign),
  );
  const settled: ReviewItem[] = [];
  const problems: unknown[] = [];
  for (const item of waiting) {
    try {
      const done = await settleSibling(item, now, to);
      if (done) settled.push(done);
    } catch (error) {
      problems.push(error);
    }
  }
  if (problems.length > 0)
    throw new AggregateError(problems, `${problems.length} of ${waiting.length} waiting questions could not be looked at`);
  return settled;
}

async function settleSibling(item: ReviewItem, now: Date, to: ReviewNeighbours): Promise<ReviewItem | undefined> {
  const template = TEMPLATES.find((one): one is Brief['template'] => one === item.template);
  if (!template || !item.dossier) return undefined;
  if (precedentsOf(await to.campaigns.of(item.tenant, item.campaign), item.look, now).length < FEWEST) return undefined;
  const [questions, { message }] = await Promise.all([to.reviews.find(item.tenant, item.jobId), readDossier(item.dossier, to.artifacts)]);
  const question = { subject: item.subject, template, message, briefSettledBy: briefSettledBy(questions, message.briefVerdict) };
  const answer = await answerByRule(item, question, to);
  return answer?.result === 'decided' ? answer.item : undefined;
}
