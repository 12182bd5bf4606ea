import { useEffect, useRef } from 'preact/hooks';
import type { ReviewDetail, ShotView } from '#contracts/review-api';
import { useStore } from '../app/store.ts';
import type { DraftNote } from '../logic/draft.ts';
import { frameAt, timecode } from '../logic/frames.ts';
import { categoryWord } from '../logic/question.ts';
import { lanes, shotAt, ticks } from '../logic/timeline.ts';
import type { Player } from './player.ts';

const now = (value: number) => value;
const share = (part: number, whole: number): string => `${(part / whole) * 100}%`;

interface TimelineProps {
  readonly player: Player;
  readonly detail: ReviewDetail;
  readonly notes: readonly DraftNote[];
  readonly onReason: (index: number) => void;
  readonly onNote: (id: number) => void;
}

/** Shots, what was seen and when, notes and the worst seam, on one scale; the playhead runs through all of them. */
export function Timeline({ player, detail, notes, onReason, onNote }: TimelineProps) {
  const { seconds } = player;
  const reasons = detail.clipVerdict?.reasons ?? [];
  const worst = detail.seams?.worst;
  return (
    <section class="timeline" aria-label="Timeline">
      <div class="lane ruler">
        <span class="lane-name">Time</span>
        <div class="track" aria-hidden="true">
          {ticks(seconds).map((tick) => (
            <span key={tick} class="tick" style={{ left: share(tick, seconds) }}>
              {tick}s
            </span>
          ))}
        </div>
      </div>
      <Scrubber player={player} shots={detail.shots} />
      {lanes(reasons, seconds).map(({ category, spans }) => (
        <div key={category} class="lane">
          <span class="lane-name" data-category={category}>
            {categoryWord(category)}
          </span>
          <div class="track">
            {spans.map(({ index, left, width, start, end, reason }) => (
              <button
                key={index}
                type="button"
                class="span"
                data-category={category}
                style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
                title={`${timecode(start)} – ${timecode(end)}: ${reason.evidence}`}
                aria-label={`${categoryWord(category)} from ${timecode(start)} to ${timecode(end)}: ${reason.evidence}`}
                onClick={() => onReason(index)}
              />
            ))}
          </div>
        </div>
      ))}
      {(notes.length > 0 || worst) && (
        <div class="lane">
          <span class="lane-name">Notes{worst ? ', seam' : ''}</span>
          <div class="track">
            {worst && (
              <button
                type="button"
                class="pin seam"
                style={{ left: share(worst.frame / player.clock.fps, seconds) }}
                title={`Worst seam, score ${worst.score.toFixed(2)}`}
                aria-label={`Worst seam, in shot ${worst.shot + 1}`}
                onClick={() => player.seek(worst.frame / player.clock.fps)}
              />
            )}
            {notes.map((note, index) => (
              <button
                key={note.id}
                type="button"
                class="pin"
                style={{ left: share(note.at, seconds) }}
                aria-label={`Note ${index + 1} at ${timecode(note.at)}`}
                onClick={() => onNote(note.id)}
              >
                {index + 1}
              </button>
            ))}
          </div>
        </div>
      )}
      <Playhead player={player} />
    </section>
  );
}

/** The playhead moves by itself, without drawing the timeline again. */
function Playhead({ player }: { player: Player }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const put = () => line.current?.style.setProperty('--at', String(player.time.get() / player.seconds));
    put();
    return player.time.subscribe(put);
  }, [player]);
  return <div class="playhead" ref={line} aria-hidden="true" />;
}

/** Shots as one slider: drag or press anywhere; arrows step by frames, Page keys by shots. */
function Scrubber({ player, shots }: { player: Player; shots: readonly ShotView[] }) {
  const at = useStore(player.time, now);
  const track = useRef<HTMLDivElement>(null);
  const scrub = (event: PointerEvent): void => {
    const area = track.current?.getBoundingClientRect();
    if (area) player.seek(Math.min(1, Math.max(0, (event.clientX - area.left) / area.width)) * player.seconds);
  };
  const shot = shotAt(shots, at);
  const toShot = (by: 1 | -1): void => {
    const to = shots[Math.min(shots.length - 1, Math.max(0, (shot ? shots.indexOf(shot) : 0) + by))];
    if (to) player.seek(to.start);
  };
  return (
    <div class="lane shots">
      <span class="lane-name">Shots</span>
      <div
        ref={track}
        class="track"
        role="slider"
        tabIndex={0}
        aria-label="Position in the clip"
        aria-valuemin={0}
        aria-valuemax={player.clock.frames - 1}
        aria-valuenow={frameAt(at, player.clock)}
        aria-valuetext={`${timecode(at)}${shot ? `, shot ${shot.shot + 1}` : ''}`}
        onPointerDown={(event) => {
          player.pause();
          track.current?.setPointerCapture(event.pointerId);
          scrub(event);
        }}
        onPointerMove={(event) => event.buttons === 1 && scrub(event)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') player.stepBy(-1);
          else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') player.stepBy(1);
          else if (event.key === 'Home') player.seek(0);
          else if (event.key === 'End') player.seek(player.seconds);
          else if (event.key === 'PageUp') toShot(-1);
          else if (event.key === 'PageDown') toShot(1);
          else if (event.key === ' ') player.toggle();
          else return;
          event.preventDefault();
        }}
      >
        {shots.map((one) => (
          <div
            key={one.shot}
            class={`shot${one === shot ? ' current' : ''}`}
            style={{ left: share(one.start, player.seconds), width: share(one.end - one.start, player.seconds) }}
            title={one.description}
          >
            <span>
              {one.shot + 1}
              {one.take > 1 && <small> take {one.take}</small>}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
