import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewDetail } from '#contracts/review-api';
import type { Box } from '#contracts/verdict';
import { useStore } from '../app/store.ts';
import { boxBetween, growBox, moveBox, type Point } from '../logic/box.ts';
import type { DraftNote } from '../logic/draft.ts';
import { categoryWord } from '../logic/question.ts';
import { reasonsAt, type TimedReason } from '../logic/timeline.ts';
import type { Player } from './player.ts';

type Clip = NonNullable<ReviewDetail['media']['clip']>;

const now = (value: number) => value;
const percent = (share: number): string => `${share * 100}%`;
const place = ({ x, y, width, height }: Box) => ({ left: percent(x), top: percent(y), width: percent(width), height: percent(height) });

/** How far an arrow key moves or grows a box: a hundredth of the picture. */
const NUDGE = 0.01;

interface StageProps {
  readonly clip: Clip;
  readonly poster: string | undefined;
  readonly player: Player;
  readonly timed: readonly TimedReason[];
  readonly notes: readonly DraftNote[];
  /** The note that is being written; a drag on the picture draws its box. */
  readonly editing: DraftNote | undefined;
  onBox(box: Box | undefined): void;
  /** The clip could not be read: its link may be too old. */
  onBroken(): void;
}

/** The clip with what was seen drawn over it. */
export function Stage({ clip, poster, player, timed, notes, editing, onBox, onBroken }: StageProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    player.attach(video.current);
    return () => player.attach(null);
  }, [player, clip.url]);

  return (
    <div class="stage" style={{ aspectRatio: `${clip.width} / ${clip.height}` }}>
      {/* biome-ignore lint/a11y/useMediaCaption: captions are drawn into the picture; a clip has no speech */}
      <video
        ref={video}
        src={clip.url}
        poster={poster}
        preload="auto"
        playsInline
        loop
        aria-label="The clip"
        onClick={() => editing === undefined && player.toggle()}
        onError={onBroken}
      />
      <Boxes player={player} timed={timed} notes={notes.filter(({ id }) => id !== editing?.id)} />
      {editing && <Drawing note={editing} onBox={onBox} />}
    </div>
  );
}

function Boxes({ player, timed, notes }: { player: Player; timed: readonly TimedReason[]; notes: readonly DraftNote[] }) {
  const at = useStore(player.time, now);
  const half = 0.5 / player.clock.fps;
  return (
    <div class="boxes" aria-hidden="true">
      {reasonsAt(timed, at, half).map(({ index, reason }) =>
        reason.box ? (
          <div key={index} class="seen" data-category={reason.category} style={place(reason.box)}>
            <span>
              {categoryWord(reason.category)} {Math.round(reason.score * 100)}
            </span>
          </div>
        ) : null,
      )}
      {notes.map(({ id, box, at: pinned }, index) =>
        box && Math.abs(pinned - at) <= half ? (
          <div key={id} class="seen noted" style={place(box)}>
            <span>Note {index + 1}</span>
          </div>
        ) : null,
      )}
    </div>
  );
}

/** A box by mouse, pen or finger; by keyboard with the arrows once it is there. */
function Drawing({ note, onBox }: { note: DraftNote; onBox(box: Box | undefined): void }) {
  const surface = useRef<HTMLDivElement>(null);
  const [from, setFrom] = useState<Point>();
  const point = (event: PointerEvent): Point => {
    const area = surface.current?.getBoundingClientRect();
    return area ? { x: (event.clientX - area.left) / area.width, y: (event.clientY - area.top) / area.height } : { x: 0, y: 0 };
  };
  const { box } = note;
  return (
    <div
      ref={surface}
      class="drawing"
      onPointerDown={(event) => {
        surface.current?.setPointerCapture(event.pointerId);
        setFrom(point(event));
      }}
      onPointerMove={(event) => from && onBox(boxBetween(from, point(event)))}
      onPointerUp={(event) => {
        if (from) onBox(boxBetween(from, point(event)));
        setFrom(undefined);
      }}
    >
      {!box && <p class="hint">Drag over the part you mean</p>}
      {box && (
        <button
          type="button"
          class="seen noted editing"
          style={place(box)}
          data-keys="own"
          aria-label={`Box of this note: ${Math.round(box.x * 100)} % from the left, ${Math.round(box.y * 100)} % from the top, ${Math.round(box.width * 100)} by ${Math.round(box.height * 100)} %. Arrows move it, with Shift they change its size, Delete removes it.`}
          onKeyDown={(event) => {
            const [dx, dy] =
              { ArrowLeft: [-NUDGE, 0], ArrowRight: [NUDGE, 0], ArrowUp: [0, -NUDGE], ArrowDown: [0, NUDGE] }[event.key] ?? [];
            if (event.key === 'Delete' || event.key === 'Backspace') onBox(undefined);
            else if (dx !== undefined && dy !== undefined) onBox(event.shiftKey ? growBox(box, dx, dy) : moveBox(box, dx, dy));
            else return;
            event.preventDefault();
          }}
        />
      )}
    </div>
  );
}
