import type { ClaimOutput, DecisionAnswer, DecisionBody } from '#contracts/review-api';

type Item = NonNullable<DecisionAnswer['item']>;

/** What an answer means for the person who asked. */
export interface Told {
  readonly tone: 'good' | 'info' | 'warn' | 'bad';
  readonly title: string;
  readonly detail: string;
  /** The question is answered: nothing more to do here. */
  readonly over: boolean;
}

const OUTCOME_WORD = { approved: 'Approved', rejected: 'Rejected', rework: 'Sent back' } as const;

const standing = (item: Item | undefined): string => {
  const decision = item?.decision;
  if (!decision) return 'It is no longer open.';
  const reason = decision.reason === '' ? '' : ` Reason given: “${decision.reason}”`;
  return `${decision.reviewer} decided: ${OUTCOME_WORD[decision.outcome].toLowerCase()}.${reason}`;
};

/** Sentence for each answer of the decide route. */
export function toldAboutDecision({ result, item, problem }: DecisionAnswer, outcome: DecisionBody['outcome'], audit: boolean): Told {
  switch (result) {
    case 'decided':
      return {
        tone: 'good',
        title: audit ? (outcome === 'approved' ? 'You agreed with the rule' : 'You disagreed with the rule') : OUTCOME_WORD[outcome],
        detail: audit
          ? outcome === 'approved'
            ? 'The audit is counted in its favour.'
            : 'The rule is suspended until an admin resumes it.'
          : {
              approved: 'The pipeline goes on.',
              rejected: 'The job ends and its tenant is told why.',
              rework: 'The named shots are rendered again; the question comes back one round later.',
            }[outcome],
        over: true,
      };
    case 'already-decided':
      return { tone: 'info', title: 'Somebody decided first', detail: `${standing(item)} Yours was not recorded.`, over: true };
    case 'second-needed':
      return {
        tone: 'good',
        title: 'Your approval is recorded; one more is needed',
        detail: 'This question needs two people. Another reviewer has to agree before the pipeline goes on.',
        over: true,
      };
    case 'claimed':
      return {
        tone: 'warn',
        title: item?.claim ? `${item.claim.reviewer} holds this question` : 'Somebody else holds this question',
        detail: 'Your decision was not recorded. It is open again when the claim is released or runs out.',
        over: false,
      };
    case 'stale':
      return {
        tone: 'warn',
        title: 'A newer version is here',
        detail: 'The question was asked again after you opened it. Nothing was recorded; the page now shows the new round.',
        over: false,
      };
    case 'refused':
      return { tone: 'bad', title: 'The notes cannot be followed', detail: problem ?? 'Change them and send again.', over: false };
    case 'expired':
      return {
        tone: 'bad',
        title: 'The deadline has passed',
        detail: 'The pipeline stopped waiting, so the job ended as rejected.',
        over: true,
      };
    case 'not-found':
      return { tone: 'bad', title: 'This question is gone', detail: 'Its job was cancelled or removed.', over: true };
  }
}

/** Sentence for each answer of the claim and release routes. */
export function toldAboutClaim({ result, item }: ClaimOutput): Told {
  switch (result) {
    case 'claimed':
      return { tone: 'good', title: 'Claimed', detail: 'It is yours until the claim runs out.', over: false };
    case 'released':
      return { tone: 'info', title: 'Released', detail: 'Anybody can take it now.', over: false };
    case 'taken':
      return {
        tone: 'warn',
        title: item?.claim ? `${item.claim.reviewer} was faster` : 'Somebody else was faster',
        detail: 'You can watch, and take it when the claim is released or runs out.',
        over: false,
      };
    case 'settled':
      return { tone: 'info', title: 'Already answered', detail: standing(item), over: true };
    case 'not-found':
      return { tone: 'bad', title: 'This question is gone', detail: 'Its job was cancelled or removed.', over: true };
  }
}

/** `12 approved, 1 already decided` for a bulk answer. */
export function bulkSummary(results: readonly { readonly result: string }[]): string {
  const words: Readonly<Record<string, string>> = {
    decided: 'done',
    'already-decided': 'already decided',
    'second-needed': 'waiting for a second person',
    claimed: 'held by others',
    taken: 'held by others',
    settled: 'already decided',
    'not-found': 'gone',
  };
  const counts = new Map<string, number>();
  for (const { result } of results) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => `${count} ${words[result] ?? result}`).join(', ');
}
