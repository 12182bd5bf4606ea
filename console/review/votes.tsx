import type { ReviewDetail } from '#contracts/review-api';
import { type Ballot, SAFETY_CATEGORIES, type SafetyVerdict } from '#contracts/verdict';
import { percent } from '../logic/money.ts';
import { categoryWord } from '../logic/question.ts';
import { Icon } from '../ui/icon.tsx';

const STATUS = {
  voted: { word: 'Looked', icon: 'check' },
  failed: { word: 'Failed', icon: 'warn' },
  'timed-out': { word: 'Timed out', icon: 'clock' },
  garbled: { word: 'Answer not readable', icon: 'warn' },
} as const;

/** A table of who was asked: rows are voters, columns categories; an empty cell was not judged, which is not the same as nothing found. */
function Ballots({ title, verdict, unit }: { title: string; verdict: SafetyVerdict; unit: string }) {
  const ballots: readonly Ballot[] = verdict.ballots ?? [];
  const judged = SAFETY_CATEGORIES.filter((category) => ballots.some(({ highest }) => highest[category] !== undefined));
  return (
    <section>
      <h3>
        {title}{' '}
        <span class={`verdict ${verdict.verdict}`}>{{ allow: 'Allowed', review: 'Doubtful', reject: 'Refused' }[verdict.verdict]}</span>
      </h3>
      {ballots.length === 0 ? (
        <p class="quiet">This verdict is from before ballots were kept: who looked is not known.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <section class="scroll-x" tabIndex={0} aria-label={`${title}, votes`}>
          <table class="ballots">
            <thead>
              <tr>
                <th scope="col">Voter</th>
                <th scope="col">Status</th>
                <th scope="col">{unit}</th>
                {judged.map((category) => (
                  <th key={category} scope="col">
                    {categoryWord(category)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ballots.map((ballot) => (
                <tr key={ballot.voter} class={ballot.status}>
                  <th scope="row">{ballot.voter}</th>
                  <td class="status">
                    <span>
                      <Icon name={STATUS[ballot.status].icon} />
                      {STATUS[ballot.status].word}
                    </span>
                  </td>
                  <td>{ballot.judged.toLocaleString('en-US')}</td>
                  {judged.map((category) => {
                    const score = ballot.highest[category];
                    return (
                      <td key={category} class="heat" style={{ '--heat': String(score ?? 0) }}>
                        {score === undefined ? <span class="unseen">not judged</span> : percent(score)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

export function Votes({ detail }: { detail: ReviewDetail }) {
  const { clipVerdict, briefVerdict } = detail;
  const policy = (clipVerdict ?? briefVerdict).policy;
  return (
    <>
      {clipVerdict && (
        <>
          <Ballots title="The clip" verdict={clipVerdict} unit="Frames" />
          <p class="quiet">
            {clipVerdict.sampledFrames.toLocaleString('en-US')} of {clipVerdict.totalFrames.toLocaleString('en-US')} frames were sampled.
            Scores are on each voter's own scale.
          </p>
        </>
      )}
      <Ballots title="The brief" verdict={briefVerdict} unit="Judged" />
      <p class="quiet">
        Policy {policy.version} <code>{policy.sha256.slice(0, 12)}</code>
      </p>
    </>
  );
}
