import type { ReviewDetail } from '#contracts/review-api';
import { useStore } from '../app/store.ts';
import { timecode } from '../logic/frames.ts';
import { shotAt } from '../logic/timeline.ts';
import { Button } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import type { Player } from './player.ts';

const now = (value: number) => value;

interface StoryboardProps {
  readonly detail: ReviewDetail;
  readonly player: Player | undefined;
}

/** What was asked for, shot by shot, and what the model was told. */
export function Storyboard({ detail, player }: StoryboardProps) {
  const { brief, shots } = detail;
  return (
    <>
      <Facts>
        <Fact name="Campaign">{brief.campaign}</Fact>
        <Fact name="Template">{brief.template}</Fact>
        <Fact name="Outputs">{brief.outputs.map(({ width, height, fps }) => `${width} × ${height} at ${fps}`).join(', ')}</Fact>
        <Fact name="Palette">
          {brief.brand.palette.map((color) => (
            <span key={color} class="swatch">
              <i style={{ background: color }} aria-hidden="true" /> {color}
            </span>
          ))}
        </Fact>
      </Facts>
      {shots.length > 0 && player ? (
        <Shots detail={detail} player={player} />
      ) : (
        <ol class="shots-list">
          {brief.storyboard.map((frame, index) => (
            <li key={`${index}-${frame.description}`} class="shot-card">
              <span class="number">{index + 1}</span>
              <div>
                <p>{frame.description}</p>
                {frame.caption && <p class="caption">“{frame.caption}”</p>}
                <small>
                  {frame.seconds} s · camera {frame.camera}
                </small>
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Shots({ detail, player }: { detail: ReviewDetail; player: Player }) {
  const current = useStore(player.time, now);
  const { shots } = detail;
  const shown = shotAt(shots, current);
  return (
    <ol class="shots-list">
      {shots.map((shot) => (
        <li key={shot.shot} class={`shot-card${shot === shown ? ' current' : ''}`} aria-current={shot === shown ? 'true' : undefined}>
          <span class="number">{shot.shot + 1}</span>
          <div>
            <p>{shot.description}</p>
            {shot.caption && <p class="caption">“{shot.caption}”</p>}
            {shot.prompt && (
              <details>
                <summary>Prompt</summary>
                <p class="prompt">{shot.prompt}</p>
              </details>
            )}
            <small>
              {timecode(shot.start)} – {timecode(shot.end)} · take {shot.take}
            </small>
          </div>
          <Button look="quiet" icon="play" label={`Go to shot ${shot.shot + 1}`} onClick={() => player.seek(shot.start)} />
        </li>
      ))}
    </ol>
  );
}
