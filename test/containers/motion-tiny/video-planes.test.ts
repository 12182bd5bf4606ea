import { describe, expect, it } from 'vitest';
import { fitter } from '../../../containers/motion-tiny/fit.ts';
import { videoPlanes } from '../../../containers/motion-tiny/video-planes.ts';

const from = { width: 40, height: 24 };
const area = from.width * from.height;
/** A picture from red, green and blue of 0..1. */
const picture = (color: (x: number, y: number) => readonly [number, number, number]): Float32Array => {
  const planes = new Float32Array(3 * area);
  for (let at = 0; at < area; at++)
    color(at % from.width, Math.floor(at / from.width)).forEach((value, channel) => {
      planes[channel * area + at] = 2 * value - 1;
    });
  return planes;
};
const meanOf = (bytes: Uint8Array): number => bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
const planesOf = (frame: Uint8Array, { width, height }: { width: number; height: number }) => {
  const luma = width * height;
  return [frame.subarray(0, luma), frame.subarray(luma, luma * 1.25), frame.subarray(luma * 1.25)] as const;
};

describe('a picture as video', () => {
  it.each([
    ['black', [0, 0, 0], [16, 128, 128]],
    ['white', [1, 1, 1], [235, 128, 128]],
    ['red', [1, 0, 0], [62.6, 102.3, 240]],
    ['green', [0, 1, 0], [172.6, 41.7, 26.3]],
    ['blue', [0, 0, 1], [31.8, 240, 117.7]],
    ['mid grey', [0.5, 0.5, 0.5], [125.5, 128, 128]],
  ] as const)('gives %s the codes of BT.709, on the whole', (_, color, codes) => {
    for (const plate of [from, { width: 20, height: 12 }, { width: 30, height: 18 }]) {
      const means = planesOf(videoPlanes(from, plate, 3)(picture(() => color)), plate).map(meanOf);
      means.forEach((mean, plane) => {
        expect(Math.abs(mean - codes[plane]!)).toBeLessThan(0.6);
      });
    }
  });

  it('stays inside video range whatever the network says', () => {
    const wild = picture((x, y) => [x - 20, y - 9, 3 - x]);
    for (const plane of planesOf(videoPlanes(from, from, 3)(wild), from).entries())
      for (const code of plane[1]) expect(code >= 16 && code <= (plane[0] === 0 ? 235 : 240)).toBe(true);
  });

  it('has grain instead of bands, the same in every frame of a shot', () => {
    const ramp = picture((x) => [0.4 + x / 4000, 0.4 + x / 4000, 0.4 + x / 4000]); // two codes in all
    const encode = videoPlanes(from, from, 3);
    const once = encode(ramp).slice();
    expect(encode(ramp)).toEqual(once);
    let changes = 0;
    for (let x = 1; x < from.width; x++) if (once[x] !== once[x - 1]) changes += 1;
    expect(changes).toBeGreaterThan(6); // two without grain
    expect(videoPlanes(from, from, 4)(ramp)).not.toEqual(once);
  });
});

describe('a plane of another size', () => {
  const ramp = Float32Array.from({ length: area }, (_, at) => at % from.width);

  it('is the mean of four where it is halved', () => {
    const half = fitter(from, { width: 20, height: 12 })(ramp);
    expect([...half.subarray(0, 3)]).toEqual([0.5, 2.5, 4.5]);
  });

  it.each([
    ['shrunk by three quarters', { width: 30, height: 18 }],
    ['grown', { width: 50, height: 30 }],
  ])('keeps a slope a slope when it is %s', (_, to) => {
    const fitted = fitter(from, to)(ramp);
    const step = from.width / to.width;
    for (let x = 4; x < to.width - 4; x++) expect(Math.abs(fitted[to.width + x]! - ((x + 0.5) * step - 0.5))).toBeLessThan(0.1);
  });

  it('shows the middle of the picture in a narrower shape, undistorted', () => {
    const fitted = fitter(from, { width: 24, height: 24 })(ramp);
    expect([fitted[0], fitted[23]]).toEqual([8, 31]);
  });

  it("shrinks chroma in the plate's shape, so that colours stay where the light is", () => {
    const plate = { width: 24, height: 24 };
    const half = fitter(from, { width: 12, height: 12 }, plate)(ramp);
    expect([half[0], half[11]]).toEqual([8.5, 30.5]);
  });
});
