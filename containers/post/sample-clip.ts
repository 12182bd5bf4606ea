import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { rawFrames } from '#adapters/media/frames';
import { type ClipFrame, cellPicture, drawSheet, MEASURED_WIDTH, pngOf, type SheetCell, sharpnessOf } from '#adapters/media/sheet';
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
 * Poster and contact sheet from the encoded master: what is approved is what was encoded. Only key frames are decoded, and every sampled frame
 * is one. They come out small, which is enough to be measured and to lie on the sheet; the sharpest is then decoded once more at full size.
 */
export async function sampleClip(ffmpeg: Ffmpeg, clip: Master, plan: Sampled, fonts: Fonts, signal: AbortSignal): Promise<Samples> {
  const wanted = sheetFrames(plan.frames, plan.fps);
  const cells: SheetCell[] = [];
  const measured: { frame: number; sharpness: number }[] = [];
  for await (const frame of smallFrames(ffmpeg, clip, wanted, plan.fps, signal)) {
    const at = wanted[cells.length] ?? plan.frames;
    cells.push({ picture: await cellPicture(frame), label: `${timeCode(at, plan.fps)}   shot ${shotAt(plan, at)}` });
    measured.push({ frame: at, sharpness: sharpnessOf(frame) });
  }
  if (cells.length !== wanted.length)
    throw renderIncomplete(clip.file, `expected ${wanted.length} key frames to sample, found ${cells.length}`);
  const poster = await wholeFrame(ffmpeg, clip, posterFrame(measured), plan.fps, signal);
  return { poster: await pngOf(poster), contactSheet: await drawSheet(cells, fonts) };
}

interface Master {
  readonly file: string;
  readonly size: Size;
}

type Sampled = Pick<PlanDocument, 'frames' | 'fps' | 'shots'>;

/** One decoding thread: every key frame stands alone, and threads that wait for each other cost more than they save. */
const KEY_FRAMES = ['-threads', '1', '-skip_frame', 'nokey'];
const RGB = ['-f', 'rawvideo', '-pix_fmt', 'rgb24'];
/** The encoder's colours to RGB, at any size. */
const converted = (width: number, height: number): string =>
  `scale=${width}:${height}:in_color_matrix=bt709:in_range=tv:out_range=pc:flags=bicubic+accurate_rnd+bitexact`;
const before = (frame: number, fps: number): string => ((frame - 0.5) / fps).toFixed(6);

async function* smallFrames(
  ffmpeg: Ffmpeg,
  { file, size }: Master,
  wanted: readonly number[],
  fps: number,
  signal: AbortSignal,
): AsyncGenerator<ClipFrame> {
  const chosen = wanted.map((frame) => `between(t,${before(frame, fps)},${before(frame + 1, fps)})`).join('+');
  const small = { width: MEASURED_WIDTH, height: Math.max(1, Math.round((MEASURED_WIDTH * size.height) / size.width)) };
  const raw = `${file}.rgb`;
  const input = { source: file, options: [...KEY_FRAMES, '-f', 'mp4'] };
  const filters = ['-map', '0:v:0', '-vf', `select='${chosen}',${converted(small.width, small.height)}`, '-fps_mode', 'passthrough'];
  await ffmpeg.run({ purpose: `sample ${file}`, inputs: [input], output: [...filters, ...RGB], signal }, raw);
  for await (const rgb of rawFrames(raw, small.width * small.height * 3)) yield { ...small, rgb };
}

/** The key frame `frame` at the clip's own size: the first one after half a frame before it. */
async function wholeFrame(ffmpeg: Ffmpeg, { file, size }: Master, frame: number, fps: number, signal: AbortSignal): Promise<ClipFrame> {
  const raw = `${file}.poster`;
  const from = frame === 0 ? [] : ['-ss', before(frame, fps)];
  const input = { source: file, options: [...KEY_FRAMES, ...from, '-f', 'mp4'] };
  const filters = ['-map', '0:v:0', '-vf', converted(size.width, size.height), '-frames:v', '1'];
  await ffmpeg.run({ purpose: `poster of ${file}`, inputs: [input], output: [...filters, ...RGB], signal }, raw);
  for await (const rgb of rawFrames(raw, size.width * size.height * 3)) return { ...size, rgb };
  throw renderIncomplete(file, `expected a key frame at ${frame} for the poster, found none`);
}

/** People count shots from 1. */
const shotAt = ({ shots }: Pick<PlanDocument, 'shots'>, frame: number): number =>
  (shots.findLast(({ start }) => start <= frame)?.index ?? 0) + 1;
