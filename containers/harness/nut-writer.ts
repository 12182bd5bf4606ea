import { spawn } from 'node:child_process';

export interface NutFile {
  readonly ffmpeg: string;
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
}

/**
 * Frames go to FFV1: lossless, every frame decodable alone, about a quarter of the raw bytes. One thread, fixed slices and
 * `bitexact` make equal frames equal files, so a window's hash is the same wherever it is rendered. No color option stands here:
 * NUT does not carry color, and ffmpeg would convert the frames to what is said of the output.
 */
const argumentsFor = ({ file, width, height, fps }: NutFile): string[] => [
  ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y'],
  ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${width}x${height}`, '-framerate', String(fps), '-i', 'pipe:0'],
  ...['-c:v', 'ffv1', '-level', '3', '-slices', '4', '-g', '1', '-threads', '1'],
  ...['-bitexact', '-fflags', '+bitexact', '-f', 'nut', `file:${file}`],
];

/** Feeds `frames` to ffmpeg one by one with back pressure; memory holds one frame. Throws what `frames` throws, or what ffmpeg says. */
export async function writeNut(target: NutFile, frames: (write: (frame: Uint8Array) => Promise<void>) => Promise<void>): Promise<void> {
  const child = spawn(target.ffmpeg, argumentsFor(target), { stdio: ['pipe', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000); // the last lines name the cause
  });
  child.stdin.on('error', () => {}); // a closed pipe is told by the exit code, with ffmpeg's own words
  const closed = new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve(code ?? -1));
  });
  let gone = false;
  const ended = closed.then(
    () => true,
    () => true,
  );
  ended.then(() => {
    gone = true;
  });

  try {
    await frames(async (frame) => {
      // Resolved when the pipe has taken it all, so the caller may reuse the buffer; a failed write is told by the exit code below.
      await new Promise<void>((taken) => child.stdin.write(frame, () => taken()));
    });
    child.stdin.end();
    const code = await closed;
    if (code !== 0) throw new Error(`${target.ffmpeg} writing ${target.file}: expected exit code 0, found ${code}: ${complaint.trim()}`);
  } finally {
    if (!gone) child.kill('SIGKILL');
    await ended;
  }
}
