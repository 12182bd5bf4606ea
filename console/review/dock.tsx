import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { QueueEntry, ReviewDetail } from '#contracts/review-api';
import { useSecond } from '../app/clock.ts';
import { useRoom } from '../app/context.ts';
import type { Told } from '../logic/answers.ts';
import type { DraftNote } from '../logic/draft.ts';
import { shotsSentBack } from '../logic/draft.ts';
import { countWord } from '../logic/money.ts';
import { SUBJECT_WORD, whose } from '../logic/question.ts';
import { addressOf } from '../logic/route.ts';
import { CLAIM_WARNING_SECONDS, moment, secondsLeft } from '../logic/time.ts';
import { Button } from '../ui/button.tsx';
import { Countdown, Initials } from '../ui/marks.tsx';
import { Notice } from '../ui/notice.tsx';

export type Mode = 'idle' | 'approve' | 'reject' | 'rework';

interface DockProps {
  readonly detail: ReviewDetail;
  readonly mode: Mode;
  readonly busy: boolean;
  readonly told: Told | undefined;
  readonly reason: string;
  readonly notes: readonly DraftNote[];
  readonly canRework: boolean;
  readonly next: QueueEntry | undefined;
  /** What keeps the form from being sent, once somebody tried. */
  readonly missing: string | undefined;
  readonly children?: ComponentChildren;
  onMode(mode: Mode): void;
  onReason(reason: string): void;
  onSend(): void;
  onClaim(how: 'claim' | 'release'): void;
}

/** Who holds the question, what one may do, and what came of it. */
export function Dock(props: DockProps) {
  const { detail, mode, told, next } = props;
  const { item } = detail;
  const audit = item.kind === 'audit';
  const settled = item.status !== 'waiting';
  return (
    <section class="panel dock" aria-labelledby="decide">
      <h2 id="decide">{audit ? 'Was the rule right?' : settled || told?.over ? 'Answer' : 'Your decision'}</h2>
      <div role="status">
        {told && (
          <Notice tone={told.tone} title={told.title}>
            {told.detail}
          </Notice>
        )}
      </div>
      {settled && !told?.over && <Settled detail={detail} />}
      {(settled || told?.over) && <Offer next={next} />}
      {!settled && !told?.over && (
        <>
          {item.needsSecond && <Second detail={detail} />}
          {audit && mode === 'idle' && (
            <p class="quiet">The clip already went on. If you disagree, the rule is suspended until an admin resumes it.</p>
          )}
          <ClaimLine {...props} />
          {mode === 'idle' && <Choices {...props} />}
          {mode !== 'idle' && <Form {...props} />}
        </>
      )}
    </section>
  );
}

function Settled({ detail }: { detail: ReviewDetail }) {
  const { decision, status } = detail.item;
  if (status === 'expired' || !decision)
    return (
      <Notice tone="bad" title="The deadline has passed">
        The pipeline stopped waiting, so the job ended as rejected.
      </Notice>
    );
  const word = { approved: 'Approved', rejected: 'Rejected', rework: 'Sent back' }[decision.outcome];
  return (
    <Notice
      tone={decision.outcome === 'approved' ? 'good' : 'info'}
      title={`${word} by ${decision.reviewer}, ${moment(decision.decidedAt)}`}
    >
      {decision.reason}
    </Notice>
  );
}

/** After an answer the next question is one key away. */
function Offer({ next }: { next: QueueEntry | undefined }) {
  const link = useRef<HTMLAnchorElement>(null);
  useLayoutEffect(() => link.current?.focus({ preventScroll: true }), [next === undefined]);
  return next ? (
    <div class="offer">
      <span class="quiet">Most urgent for you now</span>
      <a ref={link} class="next-card" href={addressOf(next)}>
        <strong>{next.product || next.jobId}</strong>
        <span class="quiet">
          {next.tenant} · {next.kind === 'audit' ? 'Audit' : SUBJECT_WORD[next.subject]}
        </span>
        <Countdown until={next.deadlineAt} />
        <span class="kbd" aria-hidden="true">
          j
        </span>
      </a>
    </div>
  ) : (
    <div class="offer">
      <p class="quiet">Nothing else waits for you.</p>
      <a ref={link} href="#/queue">
        Back to the queue
      </a>
    </div>
  );
}

function Second({ detail }: { detail: ReviewDetail }) {
  const { me } = useRoom();
  const first = detail.item.firstApproval;
  if (!first) return <p class="quiet">Two people have to approve this one; one is enough to refuse.</p>;
  return first.reviewer === me.name ? (
    <Notice tone="info" title="You approved; a second person has to agree" />
  ) : (
    <Notice tone="info" title={`${first.reviewer} approved, ${moment(first.at)}`}>
      {first.reason ? `“${first.reason}” ` : ''}Your approval settles it.
    </Notice>
  );
}

function ClaimLine({ detail, busy, onClaim }: DockProps) {
  const { me } = useRoom();
  const now = useSecond() * 1000;
  const { claim } = detail.item;
  const holder = whose(detail.item, me.name, now);
  if (holder === 'free' || !claim)
    return detail.may.claim ? (
      <div class="claim-line">
        <span class="quiet">Nobody holds it. Claim it so that nobody else starts too.</span>
        <Button icon="hand" shortcut="c" busy={busy} onClick={() => onClaim('claim')}>
          Claim
        </Button>
      </div>
    ) : null;
  const ending = holder === 'mine' && secondsLeft(claim.until, now) < CLAIM_WARNING_SECONDS;
  return (
    <div class={`claim-line ${holder}${ending ? ' ending' : ''}`}>
      <Initials name={claim.reviewer} />
      <span>
        {holder === 'mine' ? 'You hold it' : `${claim.reviewer} holds it`}
        <small>
          <Countdown until={claim.until} />
        </small>
      </span>
      <span class="stretch" />
      {holder === 'mine' && ending && (
        <Button look="warn" shortcut="c" busy={busy} onClick={() => onClaim('claim')}>
          Hold longer
        </Button>
      )}
      {detail.may.release && (
        <Button look="quiet" shortcut="l" busy={busy} onClick={() => onClaim('release')}>
          {holder === 'mine' ? 'Release' : 'Take the claim away'}
        </Button>
      )}
    </div>
  );
}

function Choices({ detail, canRework, onMode }: DockProps) {
  const audit = detail.item.kind === 'audit';
  const { decide, because } = detail.may;
  return (
    <>
      <div class="choices">
        <Button look="good" icon="check" shortcut="a" disabled={!decide} onClick={() => onMode('approve')}>
          {audit ? 'Agree' : 'Approve'}
        </Button>
        {canRework && (
          <Button look="warn" icon="rework" shortcut="w" disabled={!decide} onClick={() => onMode('rework')}>
            Rework
          </Button>
        )}
        <Button look="bad" icon="cross" shortcut="r" disabled={!decide} onClick={() => onMode('reject')}>
          {audit ? 'Disagree' : 'Reject'}
        </Button>
      </div>
      {because && <p class="quiet because">{because}</p>}
    </>
  );
}

const LOOK = { approve: 'good', reject: 'bad', rework: 'warn' } as const;
const REASON_HINT = {
  approve: 'Optional. Kept with the decision.',
  reject: 'The tenant reads this.',
  rework: 'Optional: a word for the whole clip.',
} as const;

function Form({ detail, mode, busy, reason, notes, missing, children, onMode, onReason, onSend }: DockProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const audit = detail.item.kind === 'audit';
  // At once: what is typed right after the key has to land here.
  useLayoutEffect(() => {
    if (mode !== 'rework') field.current?.focus();
  }, [mode]);
  if (mode === 'idle') return null;
  const sentBack = shotsSentBack(notes).map((shot) => shot + 1);
  const verb = {
    approve: audit ? 'Agree with the rule' : 'Approve',
    reject: audit ? 'Disagree and suspend the rule' : 'Reject',
    rework: sentBack.length > 0 ? `Send back ${countWord(sentBack.length, 'shot')}` : 'Send back',
  }[mode];
  return (
    <form
      class={`decide ${mode}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSend();
        }
      }}
    >
      {children}
      <div class="field">
        <label for="reason">{mode === 'reject' ? 'Reason' : 'Comment'}</label>
        <textarea
          ref={field}
          id="reason"
          rows={mode === 'reject' ? 3 : 2}
          maxLength={1000}
          required={mode === 'reject'}
          aria-describedby="reason-hint"
          aria-invalid={missing !== undefined && mode === 'reject' ? true : undefined}
          value={reason}
          onInput={(event) => onReason(event.currentTarget.value)}
        />
        <small id="reason-hint">{audit && mode === 'reject' ? 'Say what the rule missed.' : REASON_HINT[mode]}</small>
      </div>
      {mode === 'rework' && sentBack.length > 0 && (
        <p class="quiet">
          {sentBack.length === 1 ? `Shot ${sentBack[0]} is` : `Shots ${sentBack.join(', ')} are`} rendered again; the others keep what they
          have.
        </p>
      )}
      <div role="alert">{missing && <Notice tone="bad" title={missing} />}</div>
      <footer>
        <Button look="quiet" shortcut="Esc" onClick={() => onMode('idle')}>
          Cancel
        </Button>
        <Button type="submit" look={LOOK[mode]} busy={busy} shortcut="Ctrl ↵">
          {verb}
        </Button>
      </footer>
    </form>
  );
}
