import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { ReferenceContent, ReferenceFacts, ReferenceReader } from '#domain/ports';
import type { ReferenceKind } from '#domain/prep/media-kind';
import { runBounded } from './bounded-process.ts';

/** ffmpeg's names of the demuxers; never guessed, so a playlist called .mp4 stays unread. */
const DEMUXER: Readonly<Record<ReferenceKind, string>> = { mp4: 'mov', matroska: 'matroska', wav: 'wav', mp3: 'mp3', ogg: 'ogg' };

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
/** 1 fps of 512 px JPEG is about 25 kB a second: 300 s make 8 MB; 300 s of 16 kHz sound are 9.6 MB. */
const MAX_FILE_MIB = 64;
/** ffmpeg's integrated loudness when no block was above the absolute gate of EBU R128. */
const NOTHING_HEARD_LUFS = -70;

const Stream = z.object({
  codec_type: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  avg_frame_rate: z.string().default('0/0'),
  r_frame_rate: z.string().default('0/0'),
  duration: z.coerce.number().optional(),
  /** A cover inside a sound file is a video stream to ffmpeg, and no film to anybody else. */
  disposition: z.object({ attached_pic: z.number().default(0) }).default({ attached_pic: 0 }),
});
const Probe = z.object({ streams: z.array(Stream), format: z.object({ duration: z.coerce.number().optional() }) });

/** Reads reference videos and recordings with ffprobe and ffmpeg, in an own folder that is gone afterwards. */
export function openReferenceReader({ ffmpeg, ffprobe }: { ffmpeg: string; ffprobe: string }): ReferenceReader {
  return {
    async read(bytes, container, admit) {
      const folder = await mkdtemp(join(tmpdir(), 'reference-'));
      try {
        await writeFile(join(folder, 'input'), bytes);
        const source = guarded(container);
        const facts = await probe(ffprobe, folder, source);
        admit(facts);
        return { ...facts, ...(await extract(ffmpeg, folder, source, facts)) };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Input options that keep the file from naming other files, other protocols or unusual decoders. */
const guarded = (container: ReferenceKind): string[] => [
  ...['-f', DEMUXER[container], '-protocol_whitelist', 'file', '-codec_whitelist', DECODERS, '-max_pixels', String(MAX_PIXELS)],
];

async function probe(ffprobe: string, folder: string, source: readonly string[]): Promise<ReferenceFacts> {
  const entries = 'stream=codec_type,width,height,avg_frame_rate,r_frame_rate,duration:stream_disposition=attached_pic:format=duration';
  const { stdout } = await runBounded(ffprobe, ['-v', 'error', ...source, '-show_entries', entries, '-of', 'json', 'file:input'], folder, {
    seconds: 20,
    stdoutBytes: 64 * 1024,
    memoryMib: 1024,
    fileMib: 1,
  });
  const answer = Probe.safeParse(JSON.parse(stdout));
  if (!answer.success) throw new RangeError(`a file that does not say its ${answer.error.issues[0]?.path.join('.')}`);
  const { streams, format } = answer.data;
  const film = streams.find(({ codec_type, disposition }) => codec_type === 'video' && disposition.attached_pic === 0);
  const sound = streams.find(({ codec_type }) => codec_type === 'audio');
  const seconds = format.duration ?? film?.duration ?? sound?.duration ?? 0;
  if (!film) return { seconds, hasSound: sound !== undefined };
  const fps = ratio(film.avg_frame_rate) || ratio(film.r_frame_rate);
  return { seconds, picture: { fps, width: film.width ?? 0, height: film.height ?? 0 }, hasSound: sound !== undefined };
}

const EXACT = ['-fflags', '+bitexact', '-flags', '+bitexact', '-map_metadata', '-1'];

/** A frame a second as Motion-JPEG. A second begins with its own first frame; a clip shorter than a second still has one. */
const KEYFRAMES = [
  ...['-map', '0:V:0', '-vf', "select='isnan(prev_selected_t)+gte(t-prev_selected_t,1)',scale=512:-2:flags=bilinear+bitexact"],
  ...['-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '4', '-threads', '1', ...EXACT, '-f', 'mjpeg', 'file:keyframes.mjpeg'],
];
/** The first sound through an EBU R128 meter, and once more as the plain samples that a recognizer takes. */
const SOUND = [
  ...['-map', '0:a:0', '-af', 'ebur128=framelog=quiet', '-f', 'null', '-'],
  ...['-map', '0:a:0', '-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', ...EXACT, '-f', 'wav', 'file:sound.wav'],
];

/** Everything that is taken from the file, in one pass over it. */
async function extract(
  ffmpeg: string,
  folder: string,
  source: readonly string[],
  { picture, hasSound }: ReferenceFacts,
): Promise<ReferenceContent> {
  const { stderr } = await runBounded(
    ffmpeg,
    [
      ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info', '-threads', '2', '-t', String(MAX_SECONDS), ...source, '-i', 'file:input'],
      ...(picture ? KEYFRAMES : []),
      ...(hasSound ? SOUND : []),
    ],
    folder,
    { seconds: 240, stdoutBytes: 1024, memoryMib: 3072, fileMib: MAX_FILE_MIB },
  );
  const made = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(join(folder, name)));
  const loudness = Number(/Integrated loudness:\s+I:\s+(-?[\d.]+) LUFS/.exec(stderr)?.[1] ?? Number.NaN);
  const isHeard = loudness > NOTHING_HEARD_LUFS;
  return {
    ...(picture && { keyframes: await made('keyframes.mjpeg') }),
    loudnessLufs: isHeard ? loudness : null,
    ...(isHeard && { sound: await made('sound.wav') }),
  };
}

/** `30000/1001` as a number; 0 when it is not one. */
function ratio(text: string): number {
  const [over = 0, under = 1] = text.split('/').map(Number);
  const value = over / under;
  return Number.isFinite(value) ? value : 0;
}
