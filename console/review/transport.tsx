import { useState } from 'preact/hooks';
import { useStore } from '../app/store.ts';
import { frameAt, timecode } from '../logic/frames.ts';
import { Button } from '../ui/button.tsx';
import type { Player } from './player.ts';

const asIs = <T,>(value: T): T => value;
const RATES = [0.25, 0.5, 1, 2] as const;

interface TransportProps {
  readonly player: Player;
  readonly hasSpans: boolean;
  onSpan(direction: 1 | -1): void;
}

/** Buttons under the picture; each has a key. */
export function Transport({ player, hasSpans, onSpan }: TransportProps) {
  const playing = useStore(player.playing, asIs<boolean>);
  const [rate, setRate] = useState(1);
  return (
    <div class="transport" role="toolbar" aria-label="Player">
      <Button look="quiet" icon="frame-back" label="One frame back" shortcut="," onClick={() => player.stepBy(-1)} />
      <Button
        look="plain"
        icon={playing ? 'pause' : 'play'}
        label={playing ? 'Pause' : 'Play'}
        shortcut="Space"
        onClick={() => player.toggle()}
      />
      <Button look="quiet" icon="frame-forward" label="One frame forward" shortcut="." onClick={() => player.stepBy(1)} />
      <Position player={player} />
      <span class="stretch" />
      {hasSpans && (
        <>
          <Button look="quiet" shortcut="[" onClick={() => onSpan(-1)}>
            Previous flag
          </Button>
          <Button look="quiet" shortcut="]" onClick={() => onSpan(1)}>
            Next flag
          </Button>
        </>
      )}
      <select
        aria-label="Speed"
        value={String(rate)}
        onChange={(event) => {
          const next = Number(event.currentTarget.value);
          setRate(next);
          player.setRate(next);
        }}
      >
        {RATES.map((option) => (
          <option key={option} value={String(option)}>
            {option} ×
          </option>
        ))}
      </select>
    </div>
  );
}

function Position({ player }: { player: Player }) {
  const at = useStore(player.time, asIs<number>);
  return (
    <span class="position">
      <strong>{timecode(at)}</strong>
      <span class="quiet">/ {timecode(player.seconds)}</span>
      <span class="quiet">
        frame {frameAt(at, player.clock)} of {player.clock.frames}
      </span>
    </span>
  );
}
