import { type Brief, MAX_CLIP_SECONDS } from '#contracts/brief';
import type { PlanDocument } from '#contracts/plan';
import type { ShotView } from '#contracts/review-api';
import type { Rework } from '#contracts/rework';

type Outline = Pick<ShotView, 'shot' | 'start' | 'end' | 'prompt'>;

/** Shots as they were planned, to the frame; as they were asked for while there is no plan. */
export function shotsOf(brief: Brief, plan: PlanDocument | undefined, rework: Rework | undefined): ShotView[] {
  const outlines = plan ? planned(plan) : storyboarded(brief);
  return outlines.map((outline) => {
    const frame = brief.storyboard[outline.shot];
    const again = rework?.shots.find(({ shot }) => shot === outline.shot);
    return {
      ...outline,
      description: again?.description ?? frame?.description ?? '',
      ...(frame?.caption !== undefined && { caption: frame.caption }),
      take: again?.take ?? 1,
    };
  });
}

const planned = ({ shots, fps }: PlanDocument): Outline[] =>
  shots.map(({ index, start, frames, prompt }) => ({
    shot: index,
    start: start / fps,
    end: Math.min((start + frames) / fps, MAX_CLIP_SECONDS), // half a frame of rounding may lie beyond the longest clip
    prompt: prompt.text,
  }));

function storyboarded({ storyboard }: Brief): Outline[] {
  let end = 0;
  return storyboard.map(({ seconds }, shot) => {
    const start = end;
    end = Math.min(start + seconds, MAX_CLIP_SECONDS);
    return { shot, start, end };
  });
}
