import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CAMERA_MOVES } from '#contracts/brief';
import { MOTIFS, type Motif, type Shot } from '#contracts/plan';
import { platePainter } from '../../../containers/animatic/plate-painter.ts';

const plate = { width: 320, height: 180 };
const FPS = 24;
const shotWith = (motif: Motif, more: Partial<Shot> = {}): Shot => ({
  index: 0,
  start: 0,
  frames: 96,
  prompt: { text: 'light', tokens: ['light'] },
  words: 'slow light',
  motif,
  colors: ['#10243a', '#f2aa4c', '#ffffff'],
  camera: 'static',
  seed: 20_261_124,
  windows: [{ start: 0, end: 96, seed: 1 }],
  ...more,
});
const lumaOf = (frame: Uint8Array): Uint8Array => frame.slice(0, plate.width * plate.height);
const meanStep = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;

/** The motifs that the animatic has a painter of its own for. */
const PAINTED = ['gradient', 'bokeh', 'light-sweep', 'waves', 'dust', 'rays', 'ripples', 'aurora'] as const;

describe.each(PAINTED)('%s', (motif) => {
  it('is the same picture whichever frame was asked for before, so overlapping windows agree to the bit', () => {
    const inOrder = platePainter(shotWith(motif, { camera: 'orbit' }), plate, FPS);
    for (let n = 0; n <= 40; n++) inOrder.paint(n);
    const alone = platePainter(shotWith(motif, { camera: 'orbit' }), plate, FPS);
    alone.paint(40);
    expect(Buffer.from(alone.frame).equals(inOrder.frame)).toBe(true);
  });

  it('moves all the time and never jumps, whatever the camera does', () => {
    for (const camera of CAMERA_MOVES) {
      const { frame, paint } = platePainter(shotWith(motif, { camera }), plate, FPS);
      paint(0);
      let previous = lumaOf(frame);
      const first = previous;
      for (let n = 1; n < 16; n++) {
        paint(n);
        const current = lumaOf(frame);
        const step = meanStep(current, previous);
        expect(step, `${camera} frame ${n}`).toBeLessThan(6); // codes of 219; a cut is 20 and more
        previous = current;
      }
      expect(meanStep(first, previous), camera).toBeGreaterThan(0.4); // over 0.6 s; 0.26 over two seconds is what freeze detectors call still
    }
  });

  it('never hiccups in ten seconds, also where lights leave the picture and come back', () => {
    const { frame, paint } = platePainter(shotWith(motif, { frames: 120 }), plate, 12);
    const steps: number[] = [];
    paint(0);
    for (let n = 1, previous = lumaOf(frame); n <= 120; n++) {
      paint(n);
      const current = lumaOf(frame);
      steps.push(meanStep(current, previous));
      previous = current;
    }
    for (let n = 1; n < steps.length - 1; n++) {
      const around = ((steps[n - 1] ?? 0) + (steps[n + 1] ?? 0)) / 2;
      expect(steps[n], `frame ${n}`).toBeLessThan(1.3 * around + 0.25);
    }
  });

  it('stays inside video range, is no black frame and has no flat stretch', () => {
    const { frame, paint } = platePainter(shotWith(motif), plate, FPS);
    for (const n of [0, 47, 95]) {
      paint(n);
      const luma = lumaOf(frame);
      const [least, most] = [luma.reduce((a, b) => Math.min(a, b)), luma.reduce((a, b) => Math.max(a, b))];
      expect(least).toBeGreaterThanOrEqual(16);
      expect(most).toBeLessThanOrEqual(235);
      expect(most - least).toBeGreaterThan(40);
      for (const chroma of frame.subarray(luma.length)) if (chroma < 16 || chroma > 240) expect.fail(`chroma ${chroma} outside 16..240`);
    }
  });

  it('shows the preview and the final the same picture at two sizes', () => {
    const small = platePainter(shotWith(motif), plate, FPS);
    const large = platePainter(shotWith(motif), { width: 640, height: 360 }, FPS);
    small.paint(30);
    large.paint(30);
    const halved = Uint8Array.from({ length: plate.width * plate.height }, (_, index) => {
      const at = Math.floor(index / plate.width) * 2 * 640 + (index % plate.width) * 2;
      return Math.round(
        ((large.frame[at] ?? 0) + (large.frame[at + 1] ?? 0) + (large.frame[at + 640] ?? 0) + (large.frame[at + 641] ?? 0)) / 4,
      );
    });
    expect(meanStep(lumaOf(small.frame), halved)).toBeLessThan(0.6); // dither alone differs by about 0.3
  });

  it('is another picture for another seed', () => {
    const [one, other] = [1, 2].map((seed) => platePainter(shotWith(motif, { seed }), plate, FPS));
    one?.paint(10);
    other?.paint(10);
    expect(meanStep(lumaOf(one!.frame), lumaOf(other!.frame))).toBeGreaterThan(2);
  });
});

it('draws a motif that it has no painter for as one of its own, and never nothing', () => {
  for (const motif of MOTIFS) {
    const { frame, paint } = platePainter(shotWith(motif), plate, FPS);
    paint(5);
    const luma = lumaOf(frame);
    expect(
      luma.reduce((a, b) => Math.max(a, b)),
      motif,
    ).toBeGreaterThan(60);
  }
});

it('has no banding: hardly a block of 8 x 8 is one flat code, however slowly the light falls off', () => {
  const { frame, paint } = platePainter(shotWith('gradient'), { width: 640, height: 360 }, FPS);
  paint(0);
  let flat = 0;
  for (let row = 0; row < 45; row++) {
    for (let column = 0; column < 80; column++) {
      const codes = new Set<number>();
      for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) codes.add(frame[(row * 8 + y) * 640 + column * 8 + x] ?? 0);
      if (codes.size === 1) flat += 1;
    }
  }
  expect(flat / (45 * 80)).toBeLessThan(0.005); // 0.014 without dither
});

it('draws the bytes it has always drawn: a change of picture is a new version of the component', () => {
  const hash = createHash('sha256');
  for (const motif of PAINTED) {
    const { frame, paint } = platePainter(shotWith(motif, { camera: 'push-in' }), plate, FPS);
    paint(17);
    hash.update(frame);
  }
  expect(hash.digest('hex')).toMatchInlineSnapshot(`"7905650c16f99b50ec324007213542b963591782859b26ae14ecac8439ade4f3"`);
});
