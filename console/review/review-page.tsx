import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ReviewDetail } from '#contracts/review-api';
import { serverNow } from '../app/clock.ts';
import { useRoom } from '../app/context.ts';
import { useKeys } from '../app/keyboard.ts';
import { go } from '../app/route.ts';
import { useStore } from '../app/store.ts';
import { type Told, toldAboutClaim, toldAboutDecision } from '../logic/answers.ts';
import { type DraftNote, newNote, reworkBody, whyNotSendable } from '../logic/draft.ts';
import { IN_REVIEW } from '../logic/keys.ts';
import { countWord } from '../logic/money.ts';
import { nextQuestion } from '../logic/next-question.ts';
import type { QuestionId } from '../logic/question.ts';
import { addressOf, togetherAddressOf } from '../logic/route.ts';
import { neighbourSpan, timedReasons } from '../logic/timeline.ts';
import type { QueueState } from '../queue/queue-store.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { Dock, type Mode } from './dock.tsx';
import { Notes } from './notes.tsx';
import { openPlayer } from './player.ts';
import { Reasons } from './reasons.tsx';
import { ReviewHead } from './review-head.tsx';
import { BriefView, ClipView } from './review-subject.tsx';
import { tabsOf } from './review-tabs.tsx';
import { useHeldClaim } from './use-held-claim.ts';
import { useReview } from './use-review.ts';

const entriesOf = (state: QueueState) => state.entries;
/** Links are asked for again at most this often: a clip that cannot be decoded would ask for ever. */
const RENEW_LINKS_MS = 20_000;

export function ReviewPage({ id }: { id: QuestionId }) {
  const { api, me, queue, announce } = useRoom();
  const { detail, problem, reload, patch } = useReview(id);
  const entries = useStore(queue, entriesOf);
  const [mode, setMode] = useState<Mode>('idle');
  const [told, setTold] = useState<Told>();
  const [busy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState<string>();
  const [notes, setNotes] = useState<readonly DraftNote[]>([]);
  const [editing, setEditing] = useState<number>();
  const [current, setCurrent] = useState<number>();
  const lastNote = useRef(0);
  const linksRenewed = useRef(0);

  const clip = detail?.media.clip;
  const player = useMemo(
    () => (clip ? openPlayer({ fps: clip.fps, frames: clip.frames }, clip.seconds) : undefined),
    [clip?.fps, clip?.frames, clip?.seconds],
  );
  const reasons = detail?.clipVerdict?.reasons;
  const timed = useMemo(() => (player && reasons ? timedReasons(reasons, player.seconds) : []), [player, reasons]);
  const next = nextQuestion(entries, me.name, serverNow(), id);
  const over = told?.over === true || (detail !== undefined && detail.item.status !== 'waiting');

  const renew = useCallback(async () => {
    const answer = await api.claim(id);
    if (answer.kind === 'ok' && answer.value.result === 'claimed') patch(answer.value.item);
  }, [api, patch]);
  useHeldClaim(detail?.item, me.name, renew);

  // What somebody else did meanwhile is said once, where the eye is.
  const round = detail?.item.round;
  const status = detail?.item.status;
  const seen = useRef<{ readonly round: number; readonly status: string }>(undefined);
  useEffect(() => {
    if (round === undefined || status === undefined) return;
    const before = seen.current;
    seen.current = { round, status };
    if (!before || told?.over) return;
    if (before.round !== round) {
      setTold(toldAboutDecision({ result: 'stale' }, 'approved', false));
      setMode('idle');
    } else if (before.status === 'waiting' && status !== 'waiting' && detail) {
      setTold(toldAboutDecision({ result: status === 'expired' ? 'expired' : 'already-decided', item: detail.item }, 'approved', false));
      setMode('idle');
    }
  }, [round, status]);

  if (!detail)
    return (
      <div class="waiting">
        <h1 class="unseen">Review</h1>
        {problem ? (
          <div class="empty">
            <Notice tone="bad" title="This question cannot be shown">
              {problem}
            </Notice>
            <Button onClick={() => void reload()}>Try again</Button>
            <a href="#/queue">Back to the queue</a>
          </div>
        ) : (
          <div class="review-skeleton" aria-hidden="true">
            <i />
            <i />
          </div>
        )}
      </div>
    );

  const { item, may } = detail;
  const audit = item.kind === 'audit';
  // Only what was rendered can be rendered again.
  const canRework = !audit && clip !== undefined;

  const jump = (direction: 1 | -1): void => {
    if (!player) return;
    const span = neighbourSpan(timed, player.time.get(), direction);
    if (span) toReason(span.index);
  };
  const toReason = (index: number): void => {
    const span = timed.find((one) => one.index === index);
    if (!span || !player) return;
    player.pause();
    player.seek(span.start);
    setCurrent(index);
    announce(`${span.reason.category}: ${span.reason.evidence}`);
  };
  const addNote = (shot?: ReviewDetail['shots'][number]): void => {
    if (!player || over) return;
    player.pause();
    if (shot) player.seek(shot.start);
    lastNote.current += 1;
    const note = newNote(lastNote.current, Math.min(player.time.get(), player.seconds), detail.shots, shot?.shot);
    setNotes((before) => [...before, note]);
    setEditing(note.id);
    setMissing(undefined);
  };
  const editNote = (noteId: number): void => {
    const note = notes.find((one) => one.id === noteId);
    if (!note) return;
    player?.pause();
    player?.seek(note.at);
    setMode('rework');
    setEditing(noteId);
  };
  const changeNote = (note: DraftNote): void => setNotes((before) => before.map((one) => (one.id === note.id ? note : one)));

  const enter = (to: Mode): void => {
    if (to !== 'idle' && (!may.decide || over)) return;
    setMode(to);
    setMissing(undefined);
    setEditing(undefined);
    if (to !== 'idle') setTold(undefined);
    if (to === 'rework') {
      player?.pause();
      if (notes.length === 0) addNote();
    }
  };

  const claim = async (how: 'claim' | 'release'): Promise<void> => {
    if (busy || over) return;
    setBusy(true);
    const answer = await api[how](id);
    setBusy(false);
    if (answer.kind !== 'ok')
      return setTold({ tone: 'bad', title: 'That did not work', detail: answer.kind === 'unchanged' ? '' : answer.message, over: false });
    const { item: now, result } = answer.value;
    const outcome = toldAboutClaim(answer.value);
    setTold(result === 'claimed' || result === 'released' ? undefined : outcome);
    announce(outcome.title);
    patch(now);
    queue.patch(id, (entry) => (outcome.over ? undefined : { ...entry, claim: now?.claim }));
    await reload();
  };

  const send = async (): Promise<void> => {
    if (busy || mode === 'idle') return;
    const why =
      mode === 'rework'
        ? whyNotSendable(notes)
        : mode === 'reject' && reason.trim() === ''
          ? 'Say why: the reason is kept and the tenant reads it.'
          : undefined;
    setMissing(why);
    if (why) return;
    const outcome = ({ approve: 'approved', reject: 'rejected', rework: 'rework' } as const)[mode];
    setBusy(true);
    const answer = await api.decide(
      id,
      mode === 'rework' ? reworkBody(notes, reason.trim(), item.round) : { outcome, reason: reason.trim(), round: item.round, notes: [] },
    );
    setBusy(false);
    if (answer.kind !== 'ok') {
      // Nothing was recorded: what was written stays.
      setMissing(answer.kind === 'unchanged' ? 'Nothing changed.' : answer.message);
      if (answer.kind === 'problem' && answer.status !== 401) void reload();
      return;
    }
    const { item: now, result, problem: refusal } = answer.value;
    if (result === 'refused') return setMissing(refusal ?? 'The notes cannot be followed; change them and send again.');
    const outcomeTold = toldAboutDecision(answer.value, outcome, audit);
    setTold(outcomeTold);
    announce(`${outcomeTold.title}. ${outcomeTold.detail}`);
    setMode('idle');
    patch(now);
    if (outcomeTold.over) queue.patch(id, () => undefined);
    await Promise.all([reload(), queue.look()]);
  };

  return (
    <>
      <ReviewKeys
        act={(action) => {
          if (action === 'claim' && (may.claim || item.claim?.reviewer === me.name)) void claim('claim');
          else if (action === 'release' && may.release) void claim('release');
          else if (action === 'approve') enter('approve');
          else if (action === 'reject') enter('reject');
          else if (action === 'rework' && canRework) enter('rework');
          else if (action === 'note' && canRework && may.decide) {
            if (mode !== 'rework' && notes.length === 0) enter('rework');
            else {
              setMode('rework');
              addNote();
            }
          } else if (action === 'play') player?.toggle();
          else if (action === 'frame-back') player?.stepBy(-1);
          else if (action === 'frame-forward') player?.stepBy(1);
          else if (action === 'span-back') jump(-1);
          else if (action === 'span-forward') jump(1);
          else if (action === 'next-question' && over && next) go(addressOf(next));
          else if (action === 'escape') {
            if (mode !== 'idle') enter('idle');
            else go('#/queue');
          } else return false;
          return true;
        }}
      />
      <div class={`review-page${clip ? '' : ' no-clip'}`}>
        <ReviewHead detail={detail} />
        <div class="review-main">
          {problem && (
            <Notice tone="warn" title="This page may be old">
              {problem}
            </Notice>
          )}
          {detail.beside > 0 && !over && (
            <Notice tone="info" title={`${countWord(detail.beside, 'more clip')} of this campaign with the same storyboard`}>
              Nothing was found in any of them. <a href={togetherAddressOf(id)}>See them side by side</a> and give one answer.
            </Notice>
          )}
          {clip && player ? (
            <ClipView
              clip={clip}
              detail={detail}
              player={player}
              timed={timed}
              notes={mode === 'rework' ? notes : []}
              editing={mode === 'rework' ? editing : undefined}
              onBox={(box) => {
                const note = notes.find((one) => one.id === editing);
                if (note) changeNote({ ...note, box });
              }}
              onBroken={() => {
                if (Date.now() - linksRenewed.current < RENEW_LINKS_MS) return;
                linksRenewed.current = Date.now();
                void reload(true);
              }}
              onSpan={jump}
              onReason={toReason}
              onNote={editNote}
            />
          ) : (
            <BriefView detail={detail} />
          )}
          <Tabs label="About this question" tabs={tabsOf(detail, player)} />
        </div>
        <aside class="review-side" aria-label="Decision">
          <Dock
            detail={detail}
            mode={mode}
            busy={busy}
            told={told}
            reason={reason}
            notes={notes}
            canRework={canRework}
            next={next}
            missing={missing}
            onMode={enter}
            onReason={setReason}
            onSend={() => void send()}
            onClaim={(how) => void claim(how)}
          >
            {mode === 'rework' && (
              <Notes
                notes={notes}
                editing={editing}
                shots={detail.shots}
                onChange={changeNote}
                onRemove={(noteId) => {
                  setNotes((before) => before.filter((one) => one.id !== noteId));
                  setEditing(undefined);
                }}
                onEdit={editNote}
                onAdd={addNote}
              />
            )}
          </Dock>
          <Reasons
            sentences={item.reasons}
            brief={detail.briefVerdict.reasons}
            clip={detail.clipVerdict?.reasons ?? []}
            current={current}
            onReason={toReason}
          />
        </aside>
      </div>
    </>
  );
}

/** Keys are listened to only while there is a question to act on. */
function ReviewKeys({ act }: { act: Parameters<typeof useKeys>[1] }) {
  useKeys(IN_REVIEW_AND_ESCAPE, act);
  return null;
}
const IN_REVIEW_AND_ESCAPE = [...IN_REVIEW, { keys: ['escape'], does: '', action: 'escape' } as const];
