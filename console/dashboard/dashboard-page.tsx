import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import type { Dashboard, RuleStanding } from '#contracts/review-api';
import { leads, useRoom } from '../app/context.ts';
import { countWord, dollars, percent } from '../logic/money.ts';
import { span } from '../logic/time.ts';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Initials } from '../ui/marks.tsx';
import { Notice } from '../ui/notice.tsx';
import { CountBars, StackedBar } from './bars.tsx';
import { FlowChart } from './flow-chart.tsx';
import { Rules } from './rules.tsx';

const PERIODS = [
  [1, 'Today'],
  [7, '7 days'],
  [30, '30 days'],
] as const;
/** The dashboard is looked at, not watched: it is read anew every minute. */
const REFRESH_MS = 60_000;

const duration = (seconds: number | null): string => (seconds === null ? '–' : span(seconds));

export function DashboardPage() {
  const { api } = useRoom();
  const [days, setDays] = useState<number>(7);
  const [shown, setShown] = useState<Dashboard>();
  const [rules, setRules] = useState<readonly RuleStanding[]>();
  const [problem, setProblem] = useState<string>();

  const load = useCallback(async () => {
    const [board, standing] = await Promise.all([api.dashboard(days), api.rules()]);
    const failed = [board, standing].find((answer) => answer.kind === 'problem' || answer.kind === 'broken');
    setProblem(failed && 'message' in failed ? failed.message : undefined);
    if (board.kind === 'ok') setShown(board.value);
    if (standing.kind === 'ok') setRules(standing.value.rules);
  }, [api, days]);
  useEffect(() => {
    void load();
    const timer = setInterval(() => document.visibilityState === 'visible' && void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);

  return (
    <div class="dashboard-page">
      <div class="queue-top">
        <h1>Dashboard</h1>
        <span class="stretch" />
        <fieldset class="segments">
          <legend class="unseen">Period</legend>
          {PERIODS.map(([value, word]) => (
            <label key={value}>
              <input type="radio" name="days" checked={days === value} onChange={() => setDays(value)} />
              <span>{word}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {problem && (
        <Notice tone="bad" title="Some figures could not be read">
          {problem}{' '}
          <button type="button" class="link" onClick={() => void load()}>
            Try again
          </button>
        </Notice>
      )}
      {!shown && !problem && <div class="board-skeleton" aria-hidden="true" />}
      {shown && <Board board={shown} />}
      {rules && (
        <Card title="Auto-approval rules" wide>
          <Rules rules={rules} onChanged={() => void load()} />
        </Card>
      )}
      {shown && (
        <Button look="quiet" onClick={() => void load()}>{`As of ${new Date(shown.at).toLocaleTimeString('en-GB')} · read again`}</Button>
      )}
    </div>
  );
}

function Card({ title, wide, children }: { title: string; wide?: boolean; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class={`panel card${wide ? ' wide' : ''}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

const Tile = ({ name, value, detail, tone }: { name: string; value: string; detail: string; tone?: string }) => (
  <div class={`tile ${tone ?? ''}`}>
    <dt>{name}</dt>
    <dd>
      <strong>{value}</strong>
      <small>{detail}</small>
    </dd>
  </div>
);

/** Below this share in time a promise to tenants is at risk; nine of ten is what a support desk usually promises. */
const IN_TIME_GOAL = 0.9;

function Board({ board }: { board: Dashboard }) {
  const { me } = useRoom();
  const { waiting, decided, timeToPreview, cost } = board;
  const late = decided.inTime !== null && decided.inTime < IN_TIME_GOAL;
  return (
    <>
      <dl class="tiles">
        <Tile
          name="Waiting"
          value={waiting.total.toLocaleString('en-US')}
          detail={`${waiting.claimed} claimed · ${waiting.overdue} overdue`}
          tone={waiting.overdue > 0 ? 'warn' : ''}
        />
        <Tile name="Oldest waits" value={duration(waiting.oldestSeconds)} detail="since it was asked" />
        <Tile
          name="Answered in time"
          value={decided.inTime === null ? '–' : percent(decided.inTime)}
          detail={`${countWord(decided.expired, 'question')} expired`}
          tone={late ? 'warn' : 'good'}
        />
        <Tile
          name="Time to an answer"
          value={duration(decided.medianSeconds)}
          detail={`median · 95 % within ${duration(decided.p95Seconds)}`}
        />
        <Tile
          name="Time to preview"
          value={duration(timeToPreview.medianSeconds)}
          detail={`median · 95 % within ${duration(timeToPreview.p95Seconds)} · ${countWord(timeToPreview.jobs, 'job')}`}
        />
        <Tile
          name="Cost per rendered second"
          value={cost.perRenderedSecondMicroUsd === null ? '–' : dollars(cost.perRenderedSecondMicroUsd)}
          detail={`${dollars(cost.totalMicroUsd)} for ${Math.round(cost.renderedSeconds).toLocaleString('en-US')} s`}
        />
      </dl>
      <div class="cards">
        <Card title="Arrivals and answers" wide>
          <FlowChart flow={board.flow} days={board.days} />
        </Card>
        <Card title="How long questions wait">
          <CountBars name="Waiting questions by age" rows={waiting.byAge} />
        </Card>
        <Card title="Answers">
          <StackedBar
            parts={[
              { name: 'Approved', look: 'good', count: decided.approved },
              { name: 'Sent back', look: 'warn', count: decided.rework },
              { name: 'Rejected', look: 'bad', count: decided.rejected },
            ]}
          />
          <Facts>
            <Count name="Approved" look="good" count={decided.approved} />
            <Count name="Sent back" look="warn" count={decided.rework} />
            <Count name="Rejected" look="bad" count={decided.rejected} />
          </Facts>
          <p class="quiet">
            {decided.humanShare === null ? 'No answers yet.' : `${percent(decided.humanShare)} answered by people.`}
            {decided.reworkSeconds !== null && ` A rework comes back after ${duration(decided.reworkSeconds)}.`}
          </p>
        </Card>
        <Card title="Approval by template">
          <table class="bars-table">
            <caption class="unseen">Answers by template</caption>
            <thead>
              <tr>
                <th scope="col">Template</th>
                <th scope="col">Answers</th>
                <th scope="col" class="number-cell">
                  Approved
                </th>
              </tr>
            </thead>
            <tbody>
              {board.templates.map((one) => {
                const all = one.approved + one.rejected + one.rework + one.automatic;
                return (
                  <tr key={one.template}>
                    <th scope="row">{one.template}</th>
                    <td class="bar-cell">
                      <StackedBar
                        parts={[
                          { name: 'By rules', look: 'info', count: one.automatic },
                          { name: 'Approved', look: 'good', count: one.approved },
                          { name: 'Sent back', look: 'warn', count: one.rework },
                          { name: 'Rejected', look: 'bad', count: one.rejected },
                        ]}
                      />
                    </td>
                    <td class="number-cell">{all === 0 ? '–' : percent((one.approved + one.automatic) / all)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Card>
        <Card title={leads(me) ? 'Reviewers' : 'Your load'}>
          {board.reviewers.length === 0 ? (
            <p class="quiet">Nobody answered in this period.</p>
          ) : (
            <table class="bars-table">
              <thead>
                <tr>
                  <th scope="col">Reviewer</th>
                  <th scope="col" class="number-cell">
                    Answered
                  </th>
                  <th scope="col" class="number-cell">
                    Holds
                  </th>
                  <th scope="col" class="number-cell">
                    Median
                  </th>
                </tr>
              </thead>
              <tbody>
                {board.reviewers.map((one) => (
                  <tr key={one.reviewer}>
                    <th scope="row">
                      <span class="who">
                        <Initials name={one.reviewer} /> {one.reviewer}
                      </span>
                    </th>
                    <td class="number-cell">{one.decided}</td>
                    <td class="number-cell">{one.claimed}</td>
                    <td class="number-cell">{duration(one.medianSeconds)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Card>
      </div>
    </>
  );
}

const Count = ({ name, look, count }: { name: string; look: string; count: number }) => (
  <div>
    <dt class={`key ${look}`}>{name}</dt>
    <dd>{count.toLocaleString('en-US')}</dd>
  </div>
);
