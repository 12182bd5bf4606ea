import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FFMPEG, FFPROBE } from './tiny-render.ts';

const execute = promisify(execFile);
const BIG = { maxBuffer: 1 << 28, encoding: 'buffer' } as const;

async function onDisk<T>(clip: Uint8Array, measure: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'measure-'));
  try {
    const file = join(folder, 'clip.mp4');
    await writeFile(file, clip);
    return await measure(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export interface Probe {
  readonly format: { readonly duration: string; readonly tags?: Record<string, string> };
  readonly streams: readonly Record<string, string | number>[];
}

export const probe = (clip: Uint8Array): Promise<Probe> =>
  onDisk(clip, async (file) => {
    const { stdout } = await execute(FFPROBE, ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', file], BIG);
    return JSON.parse(stdout.toString());
  });

/** What ffmpeg's filters say about a clip. */
export const said = (clip: Uint8Array, filters: readonly string[]): Promise<string> =>
  onDisk(clip, async (file) => {
    const { stderr } = await execute(FFMPEG, ['-nostdin', '-hide_banner', '-f', 'mp4', '-i', file, ...filters, '-f', 'null', '-'], BIG);
    return stderr.toString();
  });

/** All frames of a clip as RGB. */
export const decoded = (clip: Uint8Array): Promise<Buffer> =>
  onDisk(clip, async (file) => {
    const { stdout } = await execute(
      FFMPEG,
      [
        '-nostdin',
        '-v',
        'error',
        '-f',
        'mp4',
        '-i',
        file,
        '-vf',
        'scale=in_color_matrix=bt709:in_range=tv:out_range=pc',
        '-f',
        'rawvideo',
        '-pix_fmt',
        'rgb24',
        'pipe:1',
      ],
      BIG,
    );
    return stdout;
  });
