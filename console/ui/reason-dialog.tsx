import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './notice.tsx';

interface ReasonDialogProps {
  readonly title: string;
  /** What happens, or to what. */
  readonly children: ComponentChildren;
  /** Behind the word "Reason". */
  readonly hint?: string;
  readonly confirm: string;
  readonly look: 'good' | 'bad';
  onClose(): void;
  /** Does it; answers with what went wrong, `undefined` when nothing did. */
  onConfirm(reason: string): Promise<string | undefined>;
}

/** Asks for a reason before something that is kept with one. It stays open, with what was written, when it could not be done. */
export function ReasonDialog({ title, children, hint = '', confirm, look, onClose, onConfirm }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          setProblem(await onConfirm(reason));
          setBusy(false);
        }}
      >
        {children}
        <div class="field">
          <label for="dialog-reason">Reason{hint}</label>
          <textarea
            id="dialog-reason"
            rows={3}
            maxLength={1000}
            required
            value={reason}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <div role="alert">{problem && <Notice tone="bad" title={problem} />}</div>
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={look} busy={busy}>
            {confirm}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
