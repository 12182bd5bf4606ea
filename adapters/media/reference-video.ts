import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { ReferenceReader, VideoFacts } from '#domain/ports';
import { runBounded } from './bounded-process.ts';

/** ffmpeg's names of the two demuxers; never guessed, so a playlist called .mp4 stays unread. */
const DEMUXER = { mp4: 'mov', matroska: 'matroska' } as const;

/** Decoders for what phones, cameras and editors write. Hundreds of others stay out of an attacker's reach. */
const DECODERS = [
  ...['h264', 'hevc', 'vp8', 'vp9', 'libvpx-vp9', 'av1', 'libdav1d', 'mpeg4', 'prores', 'mjpeg'],
  ...[
    'aac',
    'mp3',
    'mp3float',
    'opus',
    'libopus',
    'vorbis',
    'flac',
    'ac3',
    'eac3',
    'alac',
    'pcm_s16le',
    'pcm_s16be',
    'pcm_s24le',
    'pcm_f32le',
  ],
].join(',');

/** A decoded frame at most: DCI 4K and a little, since some encoders pad to 64. The file is judged on its facts before. */
const MAX_PIXELS = 4160 * 2240;
/** Longest stretch that is decoded whatever the header says, in seconds. */
const MAX_SECONDS = 300;
/** 1 fps of 512 px JPEG is about 25 kB a second: 300 s make 8 MB. */
const MAX_KEYFRAME_MIB = 64;
/** ffmpeg's integrated loudness when no block was above the absolute gate of EBU R128. */
const NOTHING_HEARD_LUFS = -70;

const Probe = z.object({
  streams: z.array(
    z.object({
      width: z.number(),
      height: z.number(),
      avg_frame_rate: z.string(),
      r_frame_rate: z.string(),
      duration: z.coerce.number().optional(),
    }),
  ),
  format: z.object({ duration: z.coerce.number().optional() }),
});

/** Reads reference videos with ffprobe and ffmpeg, in an own folder that is gone afterwards. */
export function openReferenceReader({ ffmpeg, ffprobe }: { ffmpeg: string; ffprobe: string }): ReferenceReader {
  return {
    async read(bytes, container, admit) {
      const folder = await mkdtemp(join(tmpdir(), 'reference-'));
      try {
        await writeFile(join(folder, 'input'), bytes);
        const source = guarded(container);
        const facts = await probe(ffprobe, folder, source);
        admit(facts);
        const loudnessLufs = await extract(ffmpeg, folder, source);
        return { ...facts, keyframes: new Uint8Array(await readFile(join(folder, 'keyframes.mjpeg'))), loudnessLufs };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Input options that keep the file from naming other files, other protocols or unusual decoders. */
const guarded = (container: keyof typeof DEMUXER): string[] => [
  ...['-f', DEMUXER[container], '-protocol_whitelist', 'file', '-codec_whitelist', DECODERS, '-max_pixels', String(MAX_PIXELS)],
];

async function probe(ffprobe: string, folder: string, source: readonly string[]): Promise<VideoFacts> {
  const entries = 'stream=width,height,avg_frame_rate,r_frame_rate,duration:format=duration';
  const { stdout } = await runBounded(
    ffprobe,
    ['-v', 'error', ...source, '-select_streams', 'V:0', '-show_entries', entries, '-of', 'json', 'file:input'],
    folder,
    { seconds: 20, stdoutBytes: 64 * 1024, memoryMib: 1024, fileMib: 1 },
  );
  const answer = Probe.safeParse(JSON.parse(stdout));
  if (!answer.success) throw new RangeError(`a video that does not say its ${answer.error.issues[0]?.path.join('.')}`);
  const { streams, format } = answer.data;
  const [video] = streams;
  if (!video) throw new RangeError('no video stream');
  const fps = ratio(video.avg_frame_rate) || ratio(video.r_frame_rate);
  return { seconds: format.duration ?? video.duration ?? 0, fps, width: video.width, height: video.height };
}

/** One pass over the file: a frame a second into Motion-JPEG, the sound through an EBU R128 meter. Returns LUFS or null. */
async function extract(ffmpeg: string, folder: string, source: readonly string[]): Promise<number | null> {
  const exact = ['-fflags', '+bitexact', '-flags', '+bitexact', '-map_metadata', '-1'];
  // A second begins with its own first frame; a clip shorter than a second still has one.
  const frames = ['-map', '0:V:0', '-vf', "select='isnan(prev_selected_t)+gte(t-prev_selected_t,1)',scale=512:-2:flags=bilinear+bitexact"];
  const { stderr } = await runBounded(
    ffmpeg,
    [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-threads', '2', '-t', String(MAX_SECONDS), ...source, '-i', 'file:input'],
      ...[
        ...frames,
        '-fps_mode',
        'passthrough',
        '-c:v',
        'mjpeg',
        '-q:v',
        '4',
        '-threads',
        '1',
        ...exact,
        '-f',
        'mjpeg',
        'file:keyframes.mjpeg',
      ],
      ...['-map', '0:a:0?', '-af', 'ebur128=framelog=quiet', '-f', 'null', '-'],
    ],
    folder,
    { seconds: 240, stdoutBytes: 1024, memoryMib: 3072, fileMib: MAX_KEYFRAME_MIB },
  );
  const loudness = Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(stderr)?.[1] ?? Number.NaN);
  return loudness > NOTHING_HEARD_LUFS ? loudness : null;
}

/** `30000/1001` as a number; 0 when it is not one. */
function ratio(text: string): number {
  const [over = 0, under = 1] = text.split('/').map(Number);
  const value = over / under;
  return Number.isFinite(value) ? value : 0;
}
