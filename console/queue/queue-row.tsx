// biome-ignore-all lint/a11y/useSemanticElements: a table cannot place its rows by itself
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
import type { QueueEntry } from '#contracts/review-api';
import { useSecond } from '../app/clock.ts';
import { KIND_WORD, SUBJECT_WORD, whose } from '../logic/question.ts';
import type { QueueRow as Row } from '../logic/queue-merge.ts';
import { addressOf } from '../logic/route.ts';
import { CategoryChip, Countdown, Initials, RiskMeter } from '../ui/marks.tsx';
import { memo } from './memo.ts';

/** Pixels: two lines of text and air; the list computes positions with it, and the style sheet repeats it. */
export const ROW_HEIGHT = 56;
/** Chips that fit beside each other; the rest is a number. */
const CHIPS = 2;

interface RowProps {
  readonly row: Row;
  readonly index: number;
  readonly active: boolean;
  readonly selected: boolean;
  readonly selectable: boolean;
  readonly me: string;
  onPick(key: string, range: boolean): void;
}

const Claim = ({ entry, me }: { entry: QueueEntry; me: string }) => {
  const now = useSecond() * 1000;
  const holder = whose(entry, me, now);
  if (holder === 'free' || !entry.claim)
    return (
      <span class="quiet">{entry.firstApproval ? `1 of 2: ${entry.firstApproval.reviewer}` : entry.mine ? 'Free' : 'Other skills'}</span>
    );
  return (
    <span class={`claim ${holder}`}>
      <Initials name={entry.claim.reviewer} />
      <span>
        {holder === 'mine' ? 'You' : entry.claim.reviewer}
        <small>
          <Countdown until={entry.claim.until} />
        </small>
      </span>
    </span>
  );
};

/** One question. Its place is set by the list; drawn again only when something about it changes. */
export const QueueRow = memo(function QueueRow({ row, index, active, selected, selectable, me, onPick }: RowProps) {
  const { entry, key, gone } = row;
  const more = entry.categories.length - CHIPS;
  return (
    <div
      id={`row-${key}`}
      role="row"
      class={`row${active ? ' active' : ''}${gone ? ' gone' : ''}${selected ? ' selected' : ''}`}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : active}
      data-key={key}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
    >
      {selectable && (
        <div role="gridcell" class="pick">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={selected}
            disabled={gone}
            aria-label={`Select ${entry.product || entry.jobId}`}
            onClick={(event) => onPick(key, event.shiftKey)}
          />
        </div>
      )}
      <div role="gridcell">{gone ? <span class="quiet">Answered</span> : <Countdown until={entry.deadlineAt} />}</div>
      <div role="gridcell" class="subject">
        <span class={`tag ${entry.kind}`}>{entry.kind === 'audit' ? KIND_WORD.audit : SUBJECT_WORD[entry.subject]}</span>
        <small>
          {entry.kind === 'audit' ? SUBJECT_WORD[entry.subject] : `Round ${entry.round}`}
          {entry.needsSecond && ' · 2 people'}
        </small>
      </div>
      <div role="gridcell" class="what">
        <a href={addressOf(entry)} tabIndex={-1}>
          {entry.product || entry.jobId}
        </a>
        <small>
          {entry.tenant}
          {entry.campaign && ` · ${entry.campaign}`}
        </small>
      </div>
      <div role="gridcell" class="why">
        <span>{entry.reasons[0] ?? ''}</span>
        {entry.reasons.length > 1 && <small>and {entry.reasons.length - 1} more</small>}
      </div>
      <div role="gridcell" class="chips">
        {entry.categories.slice(0, CHIPS).map((category) => (
          <CategoryChip key={category} category={category} />
        ))}
        {more > 0 && <span class="chip more">+{more}</span>}
      </div>
      <div role="gridcell">
        <RiskMeter risk={entry.risk} />
      </div>
      <div role="gridcell">
        <Claim entry={entry} me={me} />
      </div>
    </div>
  );
});
