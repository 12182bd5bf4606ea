import type { ReviewDetail } from '#contracts/review-api';
import { timecode } from '../logic/frames.ts';
import { countWord, dollars } from '../logic/money.ts';
import { Button } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import type { Player } from './player.ts';

/** A seam of 1 cannot be told from the picture around it; domain/post/seam-score.ts says what is measured. */
export function Quality({ detail, player }: { detail: ReviewDetail; player: Player | undefined }) {
  const { seams, media, clipVerdict } = detail;
  const { clip } = media;
  const worst = seams?.worst;
  return (
    <>
      <Facts>
        {clip && (
          <>
            <Fact name="Picture">
              {clip.width} × {clip.height}
            </Fact>
            <Fact name="Frames">
              {clip.frames.toLocaleString('en-US')} at {clip.fps} a second
            </Fact>
            <Fact name="Length">{timecode(clip.seconds)}</Fact>
          </>
        )}
        {clipVerdict && <Fact name="Frames checked">{countWord(clipVerdict.sampledFrames, 'frame')}</Fact>}
      </Facts>
      {seams ? (
        <>
          <h3>Seams between windows</h3>
          <Facts>
            <Fact name="Joins">
              {seams.joins}, {seams.repaired} repaired
            </Fact>
            <Fact name="Score (1 is no seam)">{seams.score.toFixed(2)}</Fact>
            <Fact name="Before repair">{seams.unrepaired.toFixed(2)}</Fact>
            <Fact name="Colour drift">{seams.drift.toFixed(3)}</Fact>
          </Facts>
          {worst && player && (
            <p>
              Worst join: shot {worst.shot + 1}, frame {worst.frame}, {worst.score.toFixed(2)} (was {worst.unrepaired.toFixed(2)}).{' '}
              <Button look="plain" onClick={() => player.seek(worst.frame / player.clock.fps)}>
                Look at it
              </Button>
            </p>
          )}
        </>
      ) : (
        <p class="quiet">No seams were measured for this question.</p>
      )}
    </>
  );
}

/** What the job cost until now. */
export function Cost({ detail }: { detail: ReviewDetail }) {
  const { soFarMicroUsd, stages } = detail.cost;
  const most = Math.max(1, ...stages.map(({ costMicroUsd }) => costMicroUsd));
  return (
    <table class="costs">
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">
            <span class="unseen">Share</span>
          </th>
          <th scope="col" class="number-cell">
            Time
          </th>
          <th scope="col" class="number-cell">
            Cost
          </th>
        </tr>
      </thead>
      <tbody>
        {stages.map(({ stage, seconds, costMicroUsd }) => (
          <tr key={stage}>
            <th scope="row">{stage}</th>
            <td class="bar-cell">
              <i style={{ width: `${(costMicroUsd / most) * 100}%` }} aria-hidden="true" />
            </td>
            <td class="number-cell">{seconds < 10 ? seconds.toFixed(1) : Math.round(seconds).toLocaleString('en-US')} s</td>
            <td class="number-cell">{dollars(costMicroUsd)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">So far</th>
          <td />
          <td />
          <td class="number-cell">{dollars(soFarMicroUsd)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
