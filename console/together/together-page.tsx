import { useRef, useState } from 'preact/hooks';
import { useRoom } from '../app/context.ts';
import { go } from '../app/route.ts';
import { countWord } from '../logic/money.ts';
import type { QuestionId } from '../logic/question.ts';
import { addressOf } from '../logic/route.ts';
import { sheetBody, sheetSummary, whyNotApprovable } from '../logic/sheet.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { SheetCard } from './sheet-clip.tsx';
import { useSheet } from './use-sheet.ts';

/** Clips of one campaign with the same storyboard and brand, side by side: one answer, and what does not fit is left out. */
export function TogetherPage({ id }: { id: QuestionId }) {
  const { api, queue, toast } = useRoom();
  const { clips, problem, change, release } = useSheet(id);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const grid = useRef<HTMLUListElement>(null);

  if (!clips)
    return (
      <div class="waiting">
        <h1 class="unseen">Side by side</h1>
        {problem ? (
          <Notice tone="bad" title="These clips cannot be shown">
            {problem}
          </Notice>
        ) : (
          <p class="quiet">Opening the clips…</p>
        )}
      </div>
    );

  const why = whyNotApprovable(clips);
  const out = clips.filter(({ leftOut }) => leftOut);
  const [first] = clips;

  const send = async (): Promise<void> => {
    if (busy || why) return;
    setBusy(true);
    const answer = await api.approveTogether(id, sheetBody(clips));
    setBusy(false);
    if (answer.kind !== 'ok') return setRefusal(answer.kind === 'unchanged' ? 'Nothing changed.' : answer.message);
    toast('good', sheetSummary(answer.value));
    await queue.look();
    const [next] = out;
    go(next ? addressOf(next.shown.entry) : '#/queue');
  };
  const play = (): void => {
    for (const video of grid.current?.querySelectorAll('video') ?? []) {
      video.currentTime = 0;
      void video.play().catch(() => undefined); // a browser may refuse until somebody presses a clip's own button
    }
  };

  return (
    <div class="sheet-page">
      <header class="review-head">
        <a class="button quiet" href={addressOf(id)} aria-label="Back to the question">
          <Icon name="back" />
        </a>
        <div class="title">
          <h1>Side by side</h1>
          <p class="quiet">
            {first ? `${first.shown.entry.tenant} · ${first.shown.entry.campaign} · same storyboard and brand` : 'Nothing waits here'}
          </p>
        </div>
        <span class="stretch" />
        <Button onClick={play}>Play all</Button>
      </header>
      {problem && (
        <Notice tone="warn" title="This page may be old">
          {problem}
        </Notice>
      )}
      <ul class="sheet" ref={grid}>
        {clips.map((clip) => (
          <SheetCard key={clip.shown.entry.jobId} clip={clip} onChange={(what) => change(clip.shown.entry.jobId, what)} />
        ))}
      </ul>
      <section class="bulk" aria-label="Answer">
        <Button look="good" icon="check" busy={busy} disabled={why !== undefined} describedBy="sheet-why" onClick={() => void send()}>
          {`Approve ${countWord(clips.length - out.length, 'clip')}`}
        </Button>
        <span id="sheet-why" class="quiet" role="status">
          {why ?? (out.length > 0 ? `${out.length} left out: answered by themselves.` : 'Every machine goes on.')}
        </span>
        <span class="stretch" />
        <Button look="quiet" onClick={() => void release().then(() => go('#/queue'))}>
          Give them back
        </Button>
        <div role="alert">
          {refusal && (
            <Notice tone="bad" title="Nothing was approved">
              {refusal}
            </Notice>
          )}
        </div>
      </section>
    </div>
  );
}
