import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const PHOTO = join(root, 'examples/briefs/coffee-spring/assets/coffee.png');

/** 15 s at 24 a second, as long as the example's storyboard; small, because a browser without a GPU draws it. */
export const CLIP = { width: 320, height: 180, fps: 24, frames: 360, seconds: 15 };

export interface Media {
  readonly clip: string;
  readonly poster: string;
  readonly photo: string;
  readonly cutout: string;
}

/** A real H.264 clip and its pictures, made once a machine from the example's photo: a slow zoom under moving light. */
export async function makeMedia(): Promise<Media> {
  const folder = join(tmpdir(), 'framewright-console-media-3');
  const media = {
    clip: join(folder, 'clip.mp4'),
    poster: join(folder, 'poster.jpg'),
    photo: PHOTO,
    cutout: join(folder, 'cutout.png'),
  };
  if (existsSync(media.cutout)) return media;
  await mkdir(folder, { recursive: true });
  const ffmpeg = (args: readonly string[]) => run(join(root, '.framewright/media/ffmpeg'), ['-v', 'error', '-y', ...args]);
  const { width, height, fps, seconds } = CLIP;
  const zoom = `scale=480:-2,zoompan=z='1+0.0006*on':d=${seconds * fps}:x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':s=${width}x${height}:fps=${fps}`;
  const light = `gradients=s=${width}x${height}:r=${fps}:d=${seconds}:c0=0x3b2417:c1=0xc98b4e:c2=0xf6efe4:n=3:speed=0.02,format=yuv420p`;
  // This ffmpeg reads no PNG.
  const still = join(folder, 'photo.jpg');
  await sharp(PHOTO).jpeg({ quality: 92 }).toFile(still);
  // Written under another name first: two suites that start together must not read half a clip.
  const draft = `${media.clip}.${process.pid}.mp4`;
  await ffmpeg([
    ...['-f', 'image2', '-i', still, '-f', 'lavfi', '-i', light],
    ...['-filter_complex', `[0:v]${zoom},format=yuv420p[a];[a][1:v]blend=all_mode=overlay:all_opacity=0.35[v]`, '-map', '[v]'],
    ...['-t', String(seconds), '-r', String(fps), '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '28', '-g', '12'],
    ...['-pix_fmt', 'yuv420p', '-movflags', '+faststart', draft],
  ]);
  await rename(draft, media.clip);
  await ffmpeg(['-ss', '2', '-f', 'mov', '-i', media.clip, '-frames:v', '1', '-f', 'image2', media.poster]);
  const { width: w = 600, height: h = 400 } = await sharp(PHOTO).metadata();
  const ellipse = `<svg width="${w}" height="${h}"><ellipse cx="${w / 2}" cy="${h * 0.52}" rx="${w * 0.36}" ry="${h * 0.44}" fill="#fff"/></svg>`;
  await sharp(PHOTO)
    .ensureAlpha()
    .composite([{ input: Buffer.from(ellipse), blend: 'dest-in' }])
    .png()
    .toFile(media.cutout);
  return media;
}
