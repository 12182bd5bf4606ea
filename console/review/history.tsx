import type { ReviewDetail } from '#contracts/review-api';
import { timecode } from '../logic/frames.ts';
import { moment } from '../logic/time.ts';
import { Fact, Facts } from '../ui/facts.tsx';

const OUTCOME = { approved: 'Approved', rejected: 'Rejected', rework: 'Sent back' } as const;

/** Earlier rounds with their notes, then everything that happened, newest last. */
export function History({ detail }: { detail: ReviewDetail }) {
  const { earlier } = detail.item;
  return (
    <>
      {earlier.map((decision) => (
        <section key={decision.decidedAt} class="earlier">
          <h3>
            Round {decision.round ?? 1}: {OUTCOME[decision.outcome]} by {decision.reviewer}
          </h3>
          {decision.reason && <p>“{decision.reason}”</p>}
          <ul>
            {(decision.notes ?? []).map((note) => (
              <li key={`${note.at}-${note.text}`}>
                <small>
                  Shot {note.shot + 1} at {timecode(note.at)}
                </small>{' '}
                {note.text}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <ol class="history">
        {detail.history.map((entry) => (
          <li key={entry.at + entry.what}>
            <time dateTime={entry.at}>{moment(entry.at)}</time>
            <div>
              <strong>{entry.what}</strong>
              {entry.who && <span class="quiet"> {entry.who}</span>}
              {entry.detail && <p>{entry.detail}</p>}
            </div>
          </li>
        ))}
        {detail.history.length === 0 && <li class="quiet">Nothing was recorded yet.</li>}
      </ol>
    </>
  );
}

export const Provenance = ({ detail }: { detail: ReviewDetail }) => (
  <Facts wide>
    {detail.provenance.map(({ name, value }) => (
      <Fact key={name} name={name}>
        <code>{value}</code>
      </Fact>
    ))}
    <Fact name="Job">
      <code>{detail.item.jobId}</code>
    </Fact>
  </Facts>
);
