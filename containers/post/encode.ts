import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ffmpeg } from '#adapters/media/ffmpeg';
import { frameStream } from '#adapters/media/frames';
import type { Tier } from '#contracts/stages';
import { ENCODER_THREADS, encodeSettings, KEY_FRAME_SECONDS } from '#domain/post/encode-settings';
import { sheetFrames } from '#domain/post/sample-frames';
import { BED_FORMAT, type Bed } from '../audio/bed.ts';
import { type Composite, filterGraph, layersOf } from './graph.ts';

export interface Encoding {
  readonly composite: Composite;
  readonly bed: Bed;
  readonly tier: Tier;
  /** Plate frames, yuv420p, exactly `composite.frames` of them. */
  readonly plates: AsyncIterable<Uint8Array>;
  readonly workDirectory: string;
  readonly signal: AbortSignal;
}

/** One encoder does all the rest: grade, enlarge, lay the layers over, add the sound, encode. Writes an MP4 to `target`. */
export async function encodeClip(
  ffmpeg: Ffmpeg,
  { composite, bed, tier, plates, workDirectory, signal }: Encoding,
  target: string,
): Promise<void> {
  const layers = layersOf(composite);
  const graph = join(workDirectory, 'graph.txt');
  let failure: unknown; // what ended the frames is the reason; that ffmpeg then ended too is not
  const frames = (async function* () {
    try {
      yield* plates;
    } catch (error) {
      failure = error;
      throw error;
    }
  })();
  await writeFile(graph, filterGraph(composite));
  const encoding = ffmpeg.run(
    {
      purpose: `encode ${target}`,
      inputs: [
        { source: frameStream(frames), options: rawInput('yuv420p', composite.plate, composite.fps) },
        ...layers.map((layer) => ({ source: layer.file, options: rawInput('rgba', layer, composite.fps) })),
        { source: bed.file, options: [...BED_FORMAT] },
      ],
      // The graph is read from a file: with 120 shots it is longer than one argument may be.
      output: [
        ...['-/filter_complex', graph, '-map', '[video]'],
        ...['-map', `${layers.length + 1}:a`, '-filter:a', `aformat=sample_fmts=fltp,volume=${bed.gainDb.toFixed(2)}dB`],
        ...outputOptions(composite, tier),
      ],
      signal,
    },
    target,
  );
  await encoding.catch((error: unknown) => {
    throw failure ?? error;
  });
}

export const rawInput = (format: 'yuv420p' | 'rgba', { width, height }: { width: number; height: number }, fps: number): string[] => [
  ...['-f', 'rawvideo', '-pixel_format', format, '-video_size', `${width}x${height}`, '-framerate', String(fps)],
];

/**
 * H.264 High and AAC in an MP4 that starts playing before it is loaded. Every frame of the contact sheet is a key frame, so
 * the sheet is made by decoding those alone. No metadata, no dates: equal input is an equal file.
 */
export function outputOptions({ fps, frames }: Pick<Composite, 'fps' | 'frames'>, tier: Tier): string[] {
  const { preset, crf, audioKbps } = encodeSettings[tier];
  const keyTimes = sheetFrames(frames, fps).map((frame) => ((frame - 0.5) / fps).toFixed(6));
  return [
    ...['-frames:v', String(frames), '-r', String(fps), '-fps_mode', 'cfr'],
    ...['-c:v', 'libx264', '-profile:v', 'high', '-pix_fmt', 'yuv420p', '-preset', preset, '-crf', String(crf)],
    ...['-g', String(KEY_FRAME_SECONDS * fps), '-force_key_frames', keyTimes.join(','), '-threads:v', String(ENCODER_THREADS)],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-c:a', 'aac', '-b:a', `${audioKbps}k`, '-ar', '48000', '-ac', '2'],
    ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact'],
    ...['-movflags', '+faststart', '-f', 'mp4'],
  ];
}
