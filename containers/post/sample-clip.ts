import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { rawFrames } from '#adapters/media/frames';
import { type ClipFrame, cellPicture, drawSheet, pngOf, type SheetCell, sharpnessOf } from '#adapters/media/sheet';
import type { Fonts } from '#adapters/media/text';
import type { PlanDocument } from '#contracts/plan';
import { renderIncomplete } from '#domain/errors';
import type { Size } from '#domain/post/rendered-size';
import { posterFrame, sheetFrames, timeCode } from '#domain/post/sample-frames';

export interface Samples {
  readonly poster: Buffer;
  readonly contactSheet: Buffer;
}

/**
 * Poster and contact sheet from the encoded master: what is approved is what was encoded. Only key frames are decoded, and
 * every sampled frame is one. Frames pass one at a time; kept are the small pictures and the sharpest frame so far.
 */
export async function sampleClip(
  ffmpeg: Ffmpeg,
  clip: { readonly file: string; readonly size: Size },
  plan: Pick<PlanDocument, 'frames' | 'fps' | 'shots'>,
  fonts: Fonts,
  signal: AbortSignal,
): Promise<Samples> {
  const wanted = sheetFrames(plan.frames, plan.fps);
  const cells: SheetCell[] = [];
  const measured: { frame: number; sharpness: number }[] = [];
  let best: ClipFrame | undefined;
  let index = 0;
  for await (const frame of keyFrames(ffmpeg, clip, wanted, plan.fps, signal)) {
    const at = wanted[index++] ?? plan.frames;
    cells.push({ picture: await cellPicture(frame), label: `${timeCode(at, plan.fps)}   shot ${shotAt(plan, at)}` });
    measured.push({ frame: at, sharpness: await sharpnessOf(frame) });
    if (posterFrame(measured) === at) best = frame;
  }
  if (index !== wanted.length || !best) throw renderIncomplete(clip.file, `expected ${wanted.length} key frames to sample, found ${index}`);
  return { poster: await pngOf(best), contactSheet: await drawSheet(cells, fonts) };
}

async function* keyFrames(
  ffmpeg: Ffmpeg,
  { file, size }: { readonly file: string; readonly size: Size },
  wanted: readonly number[],
  fps: number,
  signal: AbortSignal,
): AsyncGenerator<ClipFrame> {
  const chosen = wanted.map((frame) => `between(t,${((frame - 0.5) / fps).toFixed(6)},${((frame + 0.5) / fps).toFixed(6)})`).join('+');
  const raw = `${file}.rgb`;
  await ffmpeg.run(
    {
      purpose: `sample ${file}`,
      inputs: [{ source: file, options: ['-skip_frame', 'nokey', '-f', 'mp4'] }],
      output: [
        ...[
          '-map',
          '0:v:0',
          '-vf',
          `select='${chosen}',scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+bitexact`,
        ],
        ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
      ],
      signal,
    },
    raw,
  );
  for await (const rgb of rawFrames(raw, size.width * size.height * 3)) yield { ...size, rgb };
}

/** People count shots from 1. */
const shotAt = ({ shots }: Pick<PlanDocument, 'shots'>, frame: number): number =>
  (shots.findLast(({ start }) => start <= frame)?.index ?? 0) + 1;
