import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openNsfwVoter } from '#adapters/inference/open-nsfw-voter';
import { openPictureReader, openPictureVoters } from '#adapters/inference/picture-voters';
import { openClipFrames } from '#adapters/media/clip-frames';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import type { Clip } from '#contracts/post';
import { ClipVerdict } from '#contracts/safety-clip';
import type { PictureVoter, WrittenLine } from '#domain/ports';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { knownWords } from '#domain/safety/clip/known-words';
import { screenClip } from '#domain/safety/clip/screen-clip';
import type { Panel } from '#domain/safety/panel';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { patience } from '#lambdas/patience';
import { sampledFrames } from '#lambdas/safety/sampled-frames';
import { vote, whose } from '../../domain/safety/world.ts';

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
const redVoter: PictureVoter = {
  id: 'open-nsfw@1',
  sees: 'picture',
  categories: ['sexual'],
  look: async ({ data }) => [vote('sexual', data[0]! > 200 && data[2]! < 60 ? 0.95 : 0)],
};
const whole = effectivePolicy();
/** The release expects more voters; most of these tests are about the door, and one of them is enough. */
const policy = { ...whole, expected: { ...whole.expected, clip: ['open-nsfw'] } };
const nothingKnown = async () => () => false;
const others = { poster: { sha256: 'd'.repeat(64) }, contactSheet: { sha256: 'e'.repeat(64) } };
const look = async (master: Clip, panel: Partial<Panel>, known: () => Promise<(line: string) => boolean> = nothingKnown, by = policy) => {
  const reference = (sha256: string) => ({ ...master.ref, sha256 });
  const post = { clips: [master], poster: reference(others.poster.sha256), contactSheet: reference(others.contactSheet.sha256) };
  const neighbours = { frames: sampledFrames(frames), panel: { text: [], pictures: [redVoter], patience: patience(60), ...panel }, known };
  return ClipVerdict.parse(await screenClip(master, post, neighbours, by, whose));
};

describe('screening a rendered clip', () => {
  it('lets a harmless clip pass everybody that the policy expects', async () => {
    const master = await clip('colours', 2, 'gradients=size=640x360:rate=24:duration=2:c0=orange:c1=navy:seed=1');
    const models = local('.framewright/models');
    const verdict = await look(master, { pictures: openPictureVoters(models), reader: openPictureReader(models) }, nothingKnown, whole);
    expect(verdict.reasons).toEqual([]);
    expect(verdict.covers).toEqual([master.ref.sha256, others.poster.sha256, others.contactSheet.sha256]);
    expect(verdict).toMatchObject({ verdict: 'allow', sampledFrames: 8, totalFrames: 48 });
  });

  it('finds half a second wherever it is planted, and says when', async () => {
    const planted = await clip('planted', 6, blueThenRed(6, 3.3, 3.8));
    const { verdict, reasons } = await look(planted, {});
    expect(verdict).toBe('reject');
    expect(reasons[0]?.span?.start).toBeGreaterThan(3);
    expect(reasons[0]?.span?.end).toBeLessThan(4.1);
  });

  it('reads whole pictures in the right colours, in order', async () => {
    const turning = await clip('turning', 1, blueThenRed(1, 0.5, 1));
    const seen: string[] = [];
    for await (const { picture } of sampledFrames(frames)(turning, policy.samplesPerSecond)) {
      expect(picture.data).toHaveLength(picture.width * picture.height * 3);
      seen.push(picture.data[0]! > 200 ? 'red' : 'blue');
    }
    expect(seen.filter((colour, index) => colour !== seen[index - 1])).toEqual(['blue', 'red']);
  });
});

describe('a screening that cannot be finished', () => {
  it.each([
    ['the model cannot be opened', () => openNsfwVoter('/nowhere.onnx')],
    ['a voter throws', () => ({ ...redVoter, look: () => Promise.reject(new Error('out of memory')) })],
    ['a voter answers nonsense', () => ({ ...redVoter, look: async () => [vote('sexual', Number.NaN)] })],
  ])('waits for a person when %s', async (_, open) => {
    const { verdict, reasons } = await look(await clip('plain', 1, blueThenRed(1, 9, 9)), { pictures: [open()] });
    expect(verdict).toBe('review');
    expect(reasons.map(({ category }) => category)).toEqual(['unchecked']);
  });

  it('waits for a person when the clip is cut short, garbage or gone, and leaves no file behind', async () => {
    const whole = await clip('whole', 4, blueThenRed(4, 9, 9));
    const torn = await artifacts.put('torn.mp4', readFileSync(join(folder, 'whole.mp4')).subarray(0, 600));
    const garbage = await artifacts.put('garbage.mp4', Buffer.from('#EXTM3U\nfile:///etc/hostname\n'));
    const gone = { ...torn, key: 'gone.mp4' };
    for (const ref of [torn, garbage, gone]) expect(await look({ ...whole, ref }, {})).toMatchObject({ verdict: 'review' });
    const short = await look({ ...whole, frames: 240 }, {});
    expect(short).toMatchObject({ verdict: 'review', sampledFrames: 16, totalFrames: 240 });
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('what is written on a clip', () => {
  const box = { x: 0.1, y: 0.8, width: 0.5, height: 0.1 };
  /** Reads these lines from the second on, one frame a second. */
  const readerOf = (...lines: readonly string[]) => {
    let at = 0;
    return {
      id: 'paddle-ocr-4@1',
      read: async (): Promise<WrittenLine[]> => (at++ === 0 ? [] : lines.map((text) => ({ text, confidence: 0.9, box }))),
    };
  };
  const text = [rulesVoter(policy.lexicon)];

  it('is judged like a text of the brief, with its time and place', async () => {
    const { verdict, reasons, ballots } = await look(await clip('written', 3, blueThenRed(3, 9, 9)), {
      text,
      reader: readerOf('kill everyone'),
    });
    expect(verdict).toBe('reject');
    expect(reasons[0]).toMatchObject({ category: 'violence', box, span: { start: expect.any(Number), end: 3 } });
    expect(reasons[0]?.span?.start).toBeLessThan(1.3);
    expect(reasons[0]?.evidence).toMatch(/^text on screen #1 at 1\.\d\d s: matched/);
    expect(ballots?.map(({ voter }) => voter)).toContain('paddle-ocr-4@1');
  });

  it('is not asked about again where the accepted brief says the same', async () => {
    const known = async () => knownWords(['A shot of politics: vote for coffee!', 'kill everyone softly']);
    const master = await clip('caption', 3, blueThenRed(3, 9, 9));
    expect((await look(master, { text, reader: readerOf('VOTE FOR', 'coffee') }, known)).verdict).toBe('allow');
    expect((await look(master, { text, reader: readerOf('kill everyone today') }, known)).verdict).toBe('reject');
  });

  it('goes to a person when it cannot be read, or when the brief cannot', async () => {
    const master = await clip('unread', 2, blueThenRed(2, 9, 9));
    const torn = { id: 'paddle-ocr-4@1', read: () => Promise.reject(new Error('out of memory')) };
    expect((await look(master, { text, reader: torn })).verdict).toBe('review');
    expect((await look(master, { text, reader: readerOf('hello') }, () => Promise.reject(new Error('gone')))).verdict).toBe('review');
  });
});
