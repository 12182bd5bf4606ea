import { useState } from 'preact/hooks';
import type { RuleStanding } from '#contracts/review-api';
import { useRoom } from '../app/context.ts';
import { percent } from '../logic/money.ts';
import { SUBJECT_WORD } from '../logic/question.ts';
import { moment } from '../logic/time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';

interface RulesProps {
  readonly rules: readonly RuleStanding[];
  onChanged(): void;
}

/** Rules that approve without a person, how often people disagreed afterwards, and the switch that admins have. */
export function Rules({ rules, onChanged }: RulesProps) {
  const { me } = useRoom();
  const [changing, setChanging] = useState<RuleStanding>();
  if (rules.length === 0) return <p class="quiet">No rule approves anything: every question goes to a person.</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section class="scroll-x" tabIndex={0} aria-label="Auto-approval rules, table">
        <table class="rules">
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col" class="number-cell">
                Approved
              </th>
              <th scope="col" class="number-cell">
                Sampled
              </th>
              <th scope="col" class="number-cell">
                Audited
              </th>
              <th scope="col" class="number-cell">
                Missed
              </th>
              <th scope="col" class="number-cell">
                False approvals
              </th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {rules.map((rule) => (
              <tr key={rule.name}>
                <th scope="row">
                  {rule.name}
                  <small>
                    {rule.because} · {rule.templates.join(', ')} · {rule.subjects.map((subject) => SUBJECT_WORD[subject]).join(', ')}
                  </small>
                </th>
                <td class="number-cell">{rule.approved.toLocaleString('en-US')}</td>
                <td class="number-cell">
                  {rule.sampled.toLocaleString('en-US')} <small>{percent(rule.auditShare)}</small>
                </td>
                <td class="number-cell">{rule.audited.toLocaleString('en-US')}</td>
                <td class="number-cell">{rule.misses.toLocaleString('en-US')}</td>
                <td class="number-cell">
                  {rule.falseApproveRate === null ? 'No audit yet' : percent(rule.falseApproveRate)}
                  {rule.falseApproveInterval && (
                    <small>
                      95 %: {percent(rule.falseApproveInterval[0])} to {percent(rule.falseApproveInterval[1])}
                    </small>
                  )}
                </td>
                <td>
                  <span class="rule-state">
                    {rule.suspended ? (
                      <span class="tag bad" title={rule.suspended.reason}>
                        Suspended
                      </span>
                    ) : (
                      <span class="tag good">Active</span>
                    )}
                    {me.role === 'admin' && (
                      <Button
                        look="plain"
                        label={`${rule.suspended ? 'Resume' : 'Suspend'} ${rule.name}`}
                        onClick={() => setChanging(rule)}
                      >
                        {rule.suspended ? 'Resume…' : 'Suspend…'}
                      </Button>
                    )}
                  </span>
                  {rule.suspended && (
                    <small>
                      {rule.suspended.by}, {moment(rule.suspended.at)}: {rule.suspended.reason}
                    </small>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {changing && (
        <ChangeRule
          rule={changing}
          onClose={() => setChanging(undefined)}
          onChanged={() => {
            setChanging(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function ChangeRule({ rule, onClose, onChanged }: { rule: RuleStanding; onClose(): void; onChanged(): void }) {
  const { api, toast } = useRoom();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const action = rule.suspended ? 'resume' : 'suspend';
  return (
    <Dialog title={`${action === 'suspend' ? 'Suspend' : 'Resume'} ${rule.name}?`} onClose={onClose}>
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          setBusy(true);
          const answer = await api.changeRule(rule.name, { action, reason });
          setBusy(false);
          if (answer.kind === 'problem' || answer.kind === 'broken') return setProblem(answer.message);
          toast('good', `${rule.name}: ${action === 'suspend' ? 'suspended' : 'resumed'}`);
          onChanged();
        }}
      >
        <p>
          {action === 'suspend'
            ? 'What it would have approved goes to a person from now on. Clips that already went on are not stopped.'
            : 'It approves again from now on; audits go on too.'}
        </p>
        <div class="field">
          <label for="rule-reason">Reason</label>
          <textarea
            id="rule-reason"
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
          <Button type="submit" look={action === 'suspend' ? 'bad' : 'good'} busy={busy}>
            {action === 'suspend' ? 'Suspend' : 'Resume'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
