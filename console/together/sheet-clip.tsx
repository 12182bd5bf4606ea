import { addressOf } from '../logic/route.ts';
import type { SheetClip } from '../logic/sheet.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/marks.tsx';

interface CardProps {
  readonly clip: SheetClip;
  onChange(change: Partial<Pick<SheetClip, 'watched' | 'leftOut'>>): void;
}

/** One clip of a sheet: the film, the photo that its product has to look like, and the way out. */
export const SheetCard = ({ clip: { shown, watched, leftOut }, onChange }: CardProps) => {
  const { entry, clip, poster, photo } = shown;
  const name = entry.product || entry.jobId;
  return (
    <li class={`sheet-clip${leftOut ? ' out' : ''}`} aria-label={name}>
      <video
        src={clip.url}
        poster={poster}
        width={clip.width}
        height={clip.height}
        controls
        muted
        playsInline
        preload="auto"
        aria-label={`Clip of ${name}`}
        onEnded={() => onChange({ watched: true })}
      />
      <div class="sheet-words">
        <img src={photo} alt={`${name} as its tenant sent it`} width={48} height={48} loading="lazy" />
        <div>
          <a href={addressOf(entry)}>{name}</a>
          <small>
            <Countdown until={entry.deadlineAt} /> {watched ? '· watched' : '· not watched yet'}
          </small>
        </div>
        <Button look={leftOut ? 'warn' : 'plain'} pressed={leftOut} onClick={() => onChange({ leftOut: !leftOut })}>
          Leave out
        </Button>
      </div>
    </li>
  );
};
