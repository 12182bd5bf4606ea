import type { ReviewDetail } from '#contracts/review-api';
import type { DraftNote } from '../logic/draft.ts';
import type { timedReasons } from '../logic/timeline.ts';
import type { Player } from './player.ts';
import { Product } from './product.tsx';
import { Stage } from './stage.tsx';
import { Storyboard } from './storyboard.tsx';
import { Timeline } from './timeline.tsx';
import { Transport } from './transport.tsx';

interface ClipViewProps {
  readonly clip: NonNullable<ReviewDetail['media']['clip']>;
  readonly detail: ReviewDetail;
  readonly player: Player;
  readonly timed: ReturnType<typeof timedReasons>;
  readonly notes: readonly DraftNote[];
  readonly editing: number | undefined;
  onBox(box: DraftNote['box']): void;
  onBroken(): void;
  onSpan(direction: 1 | -1): void;
  onReason(index: number): void;
  onNote(id: number): void;
}

/** The clip with everything that is pinned to its frames. */
export const ClipView = ({ clip, detail, player, timed, notes, editing, onBox, onBroken, onSpan, onReason, onNote }: ClipViewProps) => (
  <section class="panel clip" aria-label="Clip">
    <Stage
      clip={clip}
      poster={detail.media.poster}
      player={player}
      timed={timed}
      notes={notes}
      editing={notes.find(({ id }) => id === editing)}
      onBox={onBox}
      onBroken={onBroken}
    />
    <Transport player={player} hasSpans={timed.length > 0} onSpan={onSpan} />
    <Timeline player={player} detail={detail} notes={notes} onReason={onReason} onNote={onNote} />
  </section>
);

/** A brief has no clip yet: its words and its product are the question. */
export const BriefView = ({ detail }: { detail: ReviewDetail }) => (
  <section class="panel brief-view" aria-labelledby="brief-title">
    <h2 id="brief-title">The brief</h2>
    <div class="brief-columns">
      <div>
        <Storyboard detail={detail} player={undefined} />
      </div>
      <Product detail={detail} />
    </div>
  </section>
);
