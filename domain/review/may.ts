import type { ReviewItem } from '#contracts/review';
import type { Me, ReviewDetail } from '#contracts/review-api';
import { isAtLeast, missingSkills } from './access.ts';
import { isOpen, lastingClaim, samePerson } from './claims.ts';

type May = ReviewDetail['may'];
const nothing = (because: string): May => ({ claim: false, decide: false, release: false, because });

/**
 * What a person may do with a question at this moment, and why not more. It says beforehand what claim and decide will answer; they have the
 * last word, since somebody else may be faster.
 */
export function mayDo(item: ReviewItem, me: Me, now: Date): May {
  if (!isOpen(item, now)) return nothing(whyClosed(item));
  const missing = missingSkills(me, item);
  if (missing.length > 0) return nothing(`it needs somebody trained for ${missing.join(', ')}`);

  const held = lastingClaim(item, now);
  if (held && !samePerson(held.reviewer, me.name)) {
    const because = `${held.reviewer} works on it until ${held.until}`;
    const isLead = isAtLeast(me, 'lead');
    return { claim: isLead, decide: false, release: isLead, because };
  }
  const first = item.firstApproval;
  const isMine = held !== undefined;
  if (item.needsSecond && first && samePerson(first.reviewer, me.name))
    return {
      claim: true,
      decide: true,
      release: isMine,
      because: 'you approved it; somebody else has to approve too, you can still refuse',
    };
  return { claim: true, decide: true, release: isMine };
}

function whyClosed({ status, decision, deadlineAt, closed }: ReviewItem): string {
  if (decision) return `${decision.reviewer} answered at ${decision.decidedAt}: ${decision.outcome}`;
  if (closed) return closed.because;
  return status === 'waiting' ? `the deadline ${deadlineAt} has passed` : `it is ${status}`;
}
