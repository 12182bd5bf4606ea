import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { TEMPLATES } from '#contracts/brief';
import { MOTIFS, type Motif, type PlanDocument } from '#contracts/plan';
import { BED_FORMAT, writeBed } from '../../../containers/audio/bed.ts';
import component from '../../../containers/audio/component.json' with { type: 'json' };
import { SAMPLE_RATE } from '../../../containers/audio/synth.ts';
import { renderClip } from '../../../containers/post/render-clip.ts';
import { said } from '../post/measure.ts';
import { FFMPEG, tinyPlan, tinyRender } from '../post/tiny-render.ts';

const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'bed-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const plan = (motifs: readonly Motif[], frames: number, change: Partial<PlanDocument> = {}): PlanDocument => {
  const tiny = tinyPlan(
    motifs.map(() => ({ frames })),
    change,
  );
  return { ...tiny, shots: tiny.shots.map((shot, index) => ({ ...shot, motif: motifs[index]!, words: 'fast light' })) };
};
const bed = (of: PlanDocument, name = 'bed') => writeBed(of, join(folder, name));
const pcm = (file: string): Int16Array => {
  const bytes = readFileSync(file);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
};

/** Integrated loudness and true peak, as ffmpeg measures them. */
const loudnessIn = (stderr: string) => {
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const figure = (name: string): number => Number(new RegExp(`${name}:\\s+(-?[\\d.]+)`).exec(summary)?.[1]);
  return { lufs: figure('I'), peakDb: figure('Peak') };
};

describe('the bed of a clip', () => {
  it.each(TEMPLATES.flatMap((template) => (['gradient', 'confetti', 'stripes'] as const).map((motif) => [template, motif] as const)))(
    'of template %s with %s is at -20 LUFS and far from clipping',
    async (template, motif) => {
      const { file, gainDb, measured } = await bed(plan([motif, motif, motif], 90, { template }));
      const chain = `aformat=sample_fmts=fltp,volume=${gainDb.toFixed(2)}dB,ebur128=peak=true`;
      const { stderr } = await execute(FFMPEG, ['-nostdin', '-hide_banner', ...BED_FORMAT, '-i', file, '-af', chain, '-f', 'null', '-']);
      const found = loudnessIn(stderr);
      expect(Math.abs(found.lufs + 20)).toBeLessThan(0.3);
      expect(found.peakDb).toBeLessThan(-6);
      expect(Math.abs(measured.lufs + gainDb - found.lufs)).toBeLessThan(0.2); // our meter against ffmpeg's
    },
  );

  it('is as long as the clip, to the sample', async () => {
    const { file } = await bed(plan(['waves', 'rays'], 31));
    expect(pcm(file).length).toBe(2 * Math.round((62 / 24) * SAMPLE_RATE));
  });

  it('is the same bytes for the same plan, and the same music in the preview and in the final', async () => {
    const [first, again, preview] = [
      await bed(plan(['ripples', 'snow'], 40), 'first'),
      await bed(plan(['ripples', 'snow'], 40), 'again'),
      await bed(plan(['ripples', 'snow'], 40, { tier: 'preview' }), 'preview'),
    ];
    expect(readFileSync(again.file).equals(readFileSync(first.file))).toBe(true);
    expect(readFileSync(preview.file).equals(readFileSync(first.file))).toBe(true);
  });

  it('does not click: nowhere do samples bend more than a note of the bed does, least of all at a cut', async () => {
    const { file } = await bed(plan([...MOTIFS, ...MOTIFS], 13));
    const samples = pcm(file);
    let sharpest = 0;
    for (let i = 4; i < samples.length; i++) sharpest = Math.max(sharpest, Math.abs(samples[i]! - 2 * samples[i - 2]! + samples[i - 4]!));
    // Found 72: a bell at 3 kHz. Chords that start at once give 132, chords that stop at once 504.
    expect(sharpest).toBeLessThan(100);
    expect(Math.abs(samples[0]!) + Math.abs(samples.at(-1)!)).toBeLessThan(4);
  });

  it('refuses a plan that was made for another version of the music', async () => {
    const other = plan(['waves'], 24, { companions: [{ id: 'audio', version: '9.9.9' }] });
    await expect(bed(other)).rejects.toMatchObject({
      name: 'Contract.Violated',
      message: expect.stringContaining(`audio@${component.version}`),
    });
    await expect(bed(plan(['waves'], 24, { companions: [{ id: 'audio', version: component.version }] }))).resolves.toBeDefined();
  });
});

describe('the master of a clip', () => {
  it('is between -23 and -14 LUFS and stays a decibel below clipping once it is encoded', async () => {
    const render = await tinyRender(plan(['bokeh', 'confetti', 'rays'], 48));
    try {
      const { clips } = await renderClip(render.request);
      const found = loudnessIn(await said(render.store.objects.get(clips[0]!.ref.key)!, ['-af', 'ebur128=peak=true']));
      expect(found.lufs).toBeGreaterThan(-23);
      expect(found.lufs).toBeLessThan(-14);
      expect(found.peakDb).toBeLessThan(-1);
    } finally {
      await render.dispose();
    }
  });
});
