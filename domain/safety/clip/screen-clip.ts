import type { Clip, Post } from '#contracts/post';
import type { ClipVerdict } from '#contracts/safety-clip';
import type { Raster, WrittenLine } from '#domain/ports';
import { askClip } from '../ask.ts';
import { leavingWith } from '../leaving.ts';
import { askReaders, type Panel, secondsFor, Viewing } from '../panel.ts';
import type { Whose } from '../policy/consent.ts';
import type { EffectivePolicy } from '../policy/effective.ts';
import { type Gap, judge, samplingGaps } from '../router.ts';
import type { Testimony } from '../testimony.ts';
import { OnScreen } from './on-screen.ts';
import { isDue, type SampledClip } from './samples.ts';
import { strideOf } from './sampling.ts';

/** One frame that was looked at. */
export interface SampledFrame {
  readonly frame: number;
  /** RGB. */
  readonly picture: Raster;
}

export interface ScreeningNeighbours {
  /** Frames of a clip, in order, at least so many a second. */
  readonly frames: (clip: Clip, perSecond: number) => AsyncIterable<SampledFrame>;
  readonly panel: Panel;
  /** Whether a line stands in the brief that was accepted; asked only when there are lines. */
  readonly known: () => Promise<(line: string) => boolean>;
}

/**
 * Looks at the master of a render, of whose frames everything else is made, before anyone outside can see it, and reads what is written on it. Frames come one at a time, so memory does
 * not grow with the clip. A voter or a reader that fails is a fact for the verdict, not an error: the clip then waits for a person.
 */
export async function screenClip(
  master: Clip,
  post: Pick<Post, 'clips' | 'poster' | 'contactSheet'>,
  { frames, panel, known }: ScreeningNeighbours,
  policy: EffectivePolicy,
  whose: Whose,
): Promise<ClipVerdict> {
  const sampled: number[] = [];
  const clip: SampledClip = { frames: master.frames, fps: master.output.fps, sampled };
  const viewing = new Viewing(panel, policy);
  const lines: { readonly sample: number; readonly lines: readonly WrittenLine[] }[] = [];
  const gaps: Gap[] = [];
  try {
    let lastRead = -1;
    const stride = strideOf(clip, policy.samplesPerSecond);
    for await (const { frame, picture } of frames(master, policy.samplesPerSecond)) {
      const sample = sampled.push(frame) - 1;
      await viewing.show(picture, { sample }, { frame, stride, fps: clip.fps });
      if (!isDue(lastRead, frame, stride, clip, policy.textSamplesPerSecond)) continue;
      lastRead = frame;
      lines.push({ sample, lines: (await viewing.read(picture, { sample })) ?? [] });
    }
  } catch (error) {
    gaps.push({ who: 'frames@1', why: `the clip could not be read to its end: ${messageOf(error)}` });
  }
  gaps.push(...samplingGaps(clip, policy.samplesPerSecond));
  const testimonies = [
    ...viewing.testimonies(),
    ...(await watch(master, panel, policy)),
    ...(await readScreen(lines, clip, { panel, known }, policy, gaps)),
  ];
  return {
    ...judge({ testimonies, expected: policy.expected.clip, gaps, whose, clip }, policy),
    sampledFrames: sampled.length,
    totalFrames: master.frames,
    covers: leavingWith(post),
  };
}

const watch = ({ ref, seconds }: Clip, panel: Panel, policy: EffectivePolicy): Promise<Testimony[]> =>
  Promise.all(
    (panel.clips ?? []).map(async (voter) => {
      const answer = await askClip(voter, ref, seconds, { patience: panel.patience, seconds: secondsFor(voter.id, policy) });
      return { voter, looks: [{ answer, judged: 1 }] };
    }),
  );

/** Asks the readers of words about what is written on the screen and does not stand in the brief. */
async function readScreen(
  lines: readonly { readonly sample: number; readonly lines: readonly WrittenLine[] }[],
  clip: SampledClip,
  { panel, known }: Pick<ScreeningNeighbours, 'panel' | 'known'>,
  policy: EffectivePolicy,
  gaps: Gap[],
): Promise<Testimony[]> {
  if (lines.every((read) => read.lines.length === 0)) return [];
  const isKnown = await known().catch((error: unknown) => {
    gaps.push({ who: 'brief', why: `the words of the brief could not be read: ${messageOf(error)}` });
    return () => false;
  });
  const screen = new OnScreen();
  for (const [index, read] of lines.entries())
    screen.add(
      index,
      read.lines.filter(({ text }) => !isKnown(text)),
    );
  // A text stands until a frame is read that does not show it, so spans reach from reading to reading.
  const asRead: SampledClip = { ...clip, sampled: lines.map(({ sample }) => clip.sampled[sample] ?? 0) };
  const channels = screen.channels(asRead);
  if (channels.length === 0) return [];
  return (await askReaders(panel, channels, policy)).map((testimony) => ({
    ...testimony,
    looks: testimony.looks.map((look) =>
      look.answer.status === 'voted'
        ? { ...look, answer: { ...look.answer, votes: look.answer.votes.map((vote) => screen.placed(vote, asRead)) } }
        : look,
    ),
  }));
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
