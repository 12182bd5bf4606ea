import { useState } from 'preact/hooks';
import type { RuleStanding } from '#contracts/review-api';
import { useRoom } from '../app/context.ts';
import { percent } from '../logic/money.ts';
import { SUBJECT_WORD } from '../logic/question.ts';
import { moment } from '../logic/time.ts';
import { Button } from '../ui/button.tsx';
import { ReasonDialog } from '../ui/reason-dialog.tsx';

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
  const action = rule.suspended ? 'resume' : 'suspend';
  const word = action === 'suspend' ? 'Suspend' : 'Resume';
  return (
    <ReasonDialog
      title={`${word} ${rule.name}?`}
      confirm={word}
      look={action === 'suspend' ? 'bad' : 'good'}
      onClose={onClose}
      onConfirm={async (reason) => {
        const answer = await api.changeRule(rule.name, { action, reason });
        if (answer.kind === 'problem' || answer.kind === 'broken') return answer.message;
        toast('good', `${rule.name}: ${action === 'suspend' ? 'suspended' : 'resumed'}`);
        onChanged();
        return undefined;
      }}
    >
      <p>
        {action === 'suspend'
          ? 'What it would have approved goes to a person from now on. Clips that already went on are not stopped.'
          : 'It approves again from now on; audits go on too.'}
      </p>
    </ReasonDialog>
  );
}
