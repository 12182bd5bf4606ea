import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openNsfwVoter } from '#adapters/inference/open-nsfw-voter';
import { openClipFrames } from '#adapters/media/clip-frames';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import type { PictureVoter } from '#domain/ports';
import { screenClip } from '#domain/safety/clip/screen-clip';

const local = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const ffmpeg = local('.framewright/media/ffmpeg');
const folder = mkdtempSync(join(tmpdir(), 'made-'));
/** Where temporary files of this test go: nothing else writes there. */
const scratch = mkdtempSync(join(tmpdir(), 'scratch-'));
process.env.TMPDIR = scratch;
const artifacts = openMemoryArtifactStore();
const frames = openClipFrames({ ffmpeg, artifacts });
afterAll(() => {
  for (const used of [folder, scratch]) rmSync(used, { recursive: true, force: true });
});

/** A clip of 24 frames a second, stored as post stores it. */
async function clip(name: string, seconds: number, graph: string) {
  const file = join(folder, `${name}.mp4`);
  execFileSync(ffmpeg, [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    graph,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    file,
  ]);
  const ref = await artifacts.put(`${name}.mp4`, readFileSync(file));
  return { ref, output: { width: 640, height: 360, fps: 24 as const }, frames: seconds * 24, seconds };
}
const blueThenRed = (seconds: number, from: number, to: number) =>
  `color=c=blue:size=640x360:rate=24:duration=${seconds},drawbox=c=red:t=fill:enable='gte(t,${from})*lt(t,${to})'`;
/** Sees red. */
const voter = (look: PictureVoter['look']): PictureVoter => ({ id: 'open-nsfw@1', categories: ['sexual'], sees: 'picture', look });
const redVoter = voter(async ({ data }) => [{ category: 'sexual', score: data[0]! > 200 && data[2]! < 60 ? 0.95 : 0, evidence: 'red' }]);

describe('screening a rendered clip', () => {
  it('lets a harmless clip pass the real model', async () => {
    const verdict = await screenClip(await clip('bars', 2, 'testsrc2=size=640x360:rate=24:duration=2'), {
      frames,
      voters: [openNsfwVoter(local('.framewright/models/open-nsfw.onnx'))],
    });
    expect(verdict).toMatchObject({ verdict: 'allow', sampledFrames: 8, totalFrames: 48 });
  });

  it('finds half a second wherever it is planted, and says when', async () => {
    const planted = await clip('planted', 6, blueThenRed(6, 3.3, 3.8));
    const { verdict, reasons } = await screenClip(planted, { frames, voters: [redVoter] });
    expect(verdict).toBe('reject');
    expect(reasons[0]?.span?.start).toBeGreaterThan(3);
    expect(reasons[0]?.span?.end).toBeLessThan(4.1);
  });

  it('reads whole pictures in the right colours, in order', async () => {
    const turning = await clip('turning', 1, blueThenRed(1, 0.5, 1));
    const colours: string[] = [];
    let shown = 0;
    for await (const { frame, picture } of frames.sample(turning, () => shown++ % 6 === 5)) {
      expect(picture).toMatchObject({ width: 640, height: 360, channels: 3 });
      expect(picture.data).toHaveLength(640 * 360 * 3);
      colours.push(`${frame} ${picture.data[0]! > 200 ? 'red' : 'blue'}`);
    }
    expect(colours).toEqual(['5 blue', '11 blue', '17 red', '23 red']);
    expect(shown).toBe(24);
  });

  it('hands over pictures that stay as they are while the clip goes on', async () => {
    const kept = [];
    for await (const { picture } of frames.sample(await clip('kept', 1, blueThenRed(1, 0.5, 1)), () => true))
      kept.push(picture.data[0]! > 200);
    expect(kept).toEqual([...Array(12).fill(false), ...Array(12).fill(true)]);
  });

  it('never enlarges a clip', async () => {
    const small = {
      ...(await clip('small', 1, 'testsrc2=size=320x180:rate=24:duration=1')),
      output: { width: 320, height: 180, fps: 24 as const },
    };
    for await (const { picture } of frames.sample(small, () => true)) expect([picture.width, picture.height]).toEqual([320, 180]);
  });
});

describe('a screening that cannot be finished', () => {
  it.each([
    ['the model cannot be opened', () => openNsfwVoter('/nowhere.onnx')],
    ['a voter throws', () => voter(() => Promise.reject(new Error('out of memory')))],
    ['a voter is silent', () => voter(async () => [])],
    ['a voter answers nonsense', () => voter(async () => [{ category: 'sexual', score: Number.NaN, evidence: 'nothing' }])],
  ])('waits for a person when %s', async (_, open) => {
    const { verdict, reasons } = await screenClip(await clip('plain', 1, blueThenRed(1, 9, 9)), { frames, voters: [open()] });
    expect(verdict).toBe('review');
    expect(reasons.map(({ category }) => category)).toEqual(['unchecked']);
  });

  it('waits for a person when the clip is cut short, garbage or gone, and leaves no file behind', async () => {
    const whole = await clip('whole', 4, blueThenRed(4, 9, 9));
    const torn = await artifacts.put('torn.mp4', readFileSync(join(folder, 'whole.mp4')).subarray(0, 600));
    const garbage = await artifacts.put('garbage.mp4', Buffer.from('#EXTM3U\nfile:///etc/hostname\n'));
    const gone = { ...torn, key: 'gone.mp4' };
    for (const ref of [torn, garbage, gone])
      expect(await screenClip({ ...whole, ref }, { frames, voters: [redVoter] })).toMatchObject({ verdict: 'review' });
    const short = await screenClip({ ...whole, frames: 240 }, { frames, voters: [redVoter] });
    expect(short).toMatchObject({ verdict: 'review', sampledFrames: 16, totalFrames: 240 });
    expect(readdirSync(scratch)).toEqual([]);
  });
});
