import type { ReviewDetail } from '#contracts/review-api';
import { KIND_WORD, SUBJECT_WORD } from '../logic/question.ts';
import { Icon } from '../ui/icon.tsx';
import { CategoryChip, Countdown, RiskMeter } from '../ui/marks.tsx';

/** What is asked, about what, how risky, and how long there is time. */
export function ReviewHead({ detail }: { detail: ReviewDetail }) {
  const { item, brief } = detail;
  return (
    <header class="review-head">
      <a class="button quiet" href="#/queue" aria-label="Back to the queue">
        <Icon name="back" />
      </a>
      <div class="title">
        <h1>{item.product || brief.product.name}</h1>
        <p class="quiet">
          {item.tenant} · {item.campaign || brief.campaign}
        </p>
      </div>
      <span class={`tag ${item.kind}`}>
        {item.kind === 'audit' ? `${KIND_WORD.audit} of a ${SUBJECT_WORD[item.subject].toLowerCase()}` : SUBJECT_WORD[item.subject]}
      </span>
      {item.round > 1 && <span class="tag">Round {item.round}</span>}
      {item.needsSecond && (
        <span class="tag">
          <Icon name="people" /> Two people
        </span>
      )}
      <span class="chips">
        {item.categories.map((category) => (
          <CategoryChip key={category} category={category} />
        ))}
      </span>
      <span class="stretch" />
      <RiskMeter risk={item.risk} />
      {item.status === 'waiting' && (
        <span class="deadline">
          <Icon name="clock" />
          <Countdown until={item.deadlineAt} />
        </span>
      )}
    </header>
  );
}
