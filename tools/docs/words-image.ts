import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { Brief } from '#contracts/brief';
import { planDocument } from '#domain/plan/plan-document';
import { hosted, motionTiny, ONE_THREAD, shippedBundle } from '../../bench/generate-world.ts';
import { noShelf } from '../../containers/motion-tiny/frame-shelf.ts';
import { onnxBackend } from '../../containers/motion-tiny/onnx-backend.ts';

/** docs/images/three-briefs.webp: one product, three briefs, and what `motion-tiny` draws behind it. Plates as they leave the model, nothing added. */
const root = join(import.meta.dirname, '../..');
const BRIEFS = [
  { words: 'Snow falls softly through a blue winter night', palette: ['#10203c', '#2d5fd7', '#f5f6fa'] },
  { words: 'Golden bokeh, city lights drift slowly to the left', palette: ['#2b1608', '#c77a1e', '#ffe3a8'] },
  { words: 'Fast diagonal stripes, bold and crisp, moving right', palette: ['#7a1030', '#f08a24', '#fff1d6'] },
] as const;
/** Frames of the first window that are shown: the first, the middle and the last. */
const SHOWN = [0, 15, 30];
const [WIDTH, HEIGHT, LABEL] = [420, 236, 34];

const backend = onnxBackend({ component: motionTiny, hosted, shelf: noShelf, graphs: ONE_THREAD });
await backend.load(shippedBundle());
const pictures: OverlayOptions[] = [];
for (const [row, { words, palette }] of BRIEFS.entries()) {
  const brief = Brief.parse({
    ...{ schema: 'framewright/brief/v1', tenant: 'docs', campaign: 'words', product: { name: 'Espresso', photo: 'photo.png' } },
    ...{ storyboard: [{ description: words, seconds: 3 }], brand: { palette }, outputs: [{ width: 1280, height: 720, fps: 24 }] },
  });
  const job = { jobId: `docs_${String(row).repeat(24)}`, tenant: 'docs' };
  const plan = planDocument({ job, tier: 'final', brief, photoPalette: [], component: motionTiny });
  const [shot] = plan.shots;
  const [window] = shot?.windows ?? [];
  if (!shot || !window) throw new Error('expected a shot with a window, found none');
  let frame = 0;
  const sink = async (yuv: Uint8Array): Promise<void> => {
    const column = SHOWN.indexOf(frame++);
    if (column < 0) return;
    const { width, height } = plan.plate;
    const from = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-i', '-'];
    const to = ['-vf', `scale=${WIDTH}:${HEIGHT}:in_color_matrix=bt709`, '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'];
    const input = execFileSync(join(root, '.framewright/media/ffmpeg'), ['-v', 'error', ...from, ...to], { input: yuv });
    const raw = { width: WIDTH, height: HEIGHT, channels: 3 as const };
    pictures.push({ input, raw, left: column * (WIDTH + 8), top: row * (HEIGHT + LABEL) + LABEL });
  };
  await backend.generate({ shot, window, plate: plan.plate, fps: plan.fps }, sink, new AbortController().signal);
  const label = `<svg xmlns="http://www.w3.org/2000/svg" width="${3 * WIDTH}" height="${LABEL}"><text x="4" y="23" font-family="sans-serif" font-size="18" fill="#222">“${words}”</text></svg>`;
  pictures.push({ input: Buffer.from(label), left: 0, top: row * (HEIGHT + LABEL) });
}
await backend.close();
const canvas = { width: 3 * WIDTH + 16, height: BRIEFS.length * (HEIGHT + LABEL), channels: 3 as const, background: '#ffffff' };
const { size } = await sharp({ create: canvas })
  .composite(pictures)
  .webp({ quality: 86 })
  .toFile(join(root, 'docs/images/three-briefs.webp'));
console.log(`docs/images/three-briefs.webp ${Math.round(size / 1000)} kB`);
