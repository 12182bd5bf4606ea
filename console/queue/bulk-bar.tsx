import { useState } from 'preact/hooks';
import type { BulkBody, QueueEntry } from '#contracts/review-api';
import { useRoom } from '../app/context.ts';
import { bulkSummary } from '../logic/answers.ts';
import { countWord } from '../logic/money.ts';
import { Button } from '../ui/button.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';

type BulkAction = BulkBody['action'];
const VERBS: Readonly<Record<BulkAction, string>> = { claim: 'Claim', release: 'Release', approve: 'Approve', reject: 'Reject' };

/** What leads may do to several questions at once; decisions are confirmed, with a reason. */
export function BulkBar({ entries, onDone }: { entries: readonly QueueEntry[]; onDone(): void }) {
  const { api, queue, toast } = useRoom();
  const [asking, setAsking] = useState<'approve' | 'reject'>();
  const [busy, setBusy] = useState(false);

  /** Answers with what went wrong. */
  const send = async (action: BulkAction, reason = ''): Promise<string | undefined> => {
    setBusy(true);
    const answer = await api.bulk({
      action,
      reason,
      items: entries.map(({ jobId, subject, kind, round }) => ({ jobId, subject, kind, round })),
    });
    setBusy(false);
    if (answer.kind !== 'ok') return answer.kind === 'unchanged' ? 'Nothing changed.' : answer.message;
    setAsking(undefined);
    toast('info', `${VERBS[action]}: ${bulkSummary(answer.value.results)}`);
    onDone();
    await queue.look();
    return undefined;
  };
  const sendAtOnce = async (action: 'claim' | 'release'): Promise<void> => {
    const problem = await send(action);
    if (problem) toast('bad', problem);
  };

  return (
    <section class="bulk" aria-label="Selected questions">
      <strong>{countWord(entries.length, 'question')} selected</strong>
      <Button icon="hand" busy={busy} onClick={() => void sendAtOnce('claim')}>
        Claim
      </Button>
      <Button busy={busy} onClick={() => void sendAtOnce('release')}>
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
        <ReasonDialog
          title={`${VERBS[asking]} ${countWord(entries.length, 'question')}?`}
          hint={asking === 'approve' ? ' (kept with every decision)' : ''}
          confirm={`${VERBS[asking]} ${entries.length}`}
          look={asking === 'approve' ? 'good' : 'bad'}
          onClose={() => setAsking(undefined)}
          onConfirm={(reason) => send(asking, reason)}
        >
          <ul class="bulk-list">
            {entries.slice(0, 6).map((entry) => (
              <li key={entry.jobId + entry.subject + entry.kind}>
                {entry.product || entry.jobId} <small>{entry.tenant}</small>
              </li>
            ))}
            {entries.length > 6 && <li class="quiet">and {entries.length - 6} more</li>}
          </ul>
        </ReasonDialog>
      )}
    </section>
  );
}
