import { useState } from 'preact/hooks';
import type { BulkBody, QueueEntry } from '#contracts/review-api';
import { useRoom } from '../app/context.ts';
import { bulkSummary } from '../logic/answers.ts';
import { countWord } from '../logic/money.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';

type BulkAction = BulkBody['action'];
const WORDS: Readonly<Record<BulkAction, { readonly verb: string; readonly asks: boolean }>> = {
  claim: { verb: 'Claim', asks: false },
  release: { verb: 'Release', asks: false },
  approve: { verb: 'Approve', asks: true },
  reject: { verb: 'Reject', asks: true },
};

/** What leads may do to several questions at once; decisions are confirmed, with a reason. */
export function BulkBar({ entries, onDone }: { entries: readonly QueueEntry[]; onDone(): void }) {
  const { api, queue, toast } = useRoom();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const send = async (action: BulkAction): Promise<void> => {
    setBusy(true);
    const answer = await api.bulk({
      action,
      reason,
      items: entries.map(({ jobId, subject, kind, round }) => ({ jobId, subject, kind, round })),
    });
    setBusy(false);
    if (answer.kind !== 'ok') {
      const why = answer.kind === 'unchanged' ? 'Nothing changed.' : answer.message;
      setProblem(why);
      if (!WORDS[action].asks) toast('bad', why);
      return;
    }
    setAsking(undefined);
    setReason('');
    toast('info', `${WORDS[action].verb}: ${bulkSummary(answer.value.results)}`);
    onDone();
    await queue.look();
  };

  return (
    <section class="bulk" aria-label="Selected questions">
      <strong>{countWord(entries.length, 'question')} selected</strong>
      <Button icon="hand" busy={busy} onClick={() => void send('claim')}>
        Claim
      </Button>
      <Button busy={busy} onClick={() => void send('release')}>
        Release
      </Button>
      <span class="divide" />
      <Button look="good" icon="check" onClick={() => setAsking('approve')}>
        Approve…
      </Button>
      <Button look="bad" icon="cross" onClick={() => setAsking('reject')}>
        Reject…
      </Button>
      <span class="stretch" />
      <Button look="quiet" onClick={onDone}>
        Clear selection
      </Button>
      {asking && (
        <Dialog title={`${WORDS[asking].verb} ${countWord(entries.length, 'question')}?`} onClose={() => setAsking(undefined)}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void send(asking);
            }}
          >
            <ul class="bulk-list">
              {entries.slice(0, 6).map((entry) => (
                <li key={entry.jobId + entry.subject + entry.kind}>
                  {entry.product || entry.jobId} <small>{entry.tenant}</small>
                </li>
              ))}
              {entries.length > 6 && <li class="quiet">and {entries.length - 6} more</li>}
            </ul>
            <div class="field">
              <label for="bulk-reason">Reason{asking === 'approve' && ' (kept with every decision)'}</label>
              <textarea
                id="bulk-reason"
                rows={3}
                maxLength={1000}
                required
                value={reason}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            </div>
            <div role="alert">{problem && <Notice tone="bad" title={problem} />}</div>
            <footer>
              <Button onClick={() => setAsking(undefined)}>Cancel</Button>
              <Button type="submit" look={asking === 'approve' ? 'good' : 'bad'} busy={busy}>
                {`${WORDS[asking].verb} ${entries.length}`}
              </Button>
            </footer>
          </form>
        </Dialog>
      )}
    </section>
  );
}
