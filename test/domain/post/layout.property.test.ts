import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAMERA_MOVES } from '#contracts/brief';
import { type Box, centred, compositionOf, fitted, layoutOf } from '#domain/post/layout';
import { poseAt, ROOM, swept } from '#domain/post/motion';
import { renderedSize } from '#domain/post/rendered-size';

const side = fc.integer({ min: 64, max: 1920 }).map((half) => half * 2);
const frame = fc.record({ width: side, height: side });
const composition = fc.constantFrom('beside', 'below', 'above', 'alone' as const);
const picture = fc.record({ width: fc.integer({ min: 1, max: 4000 }), height: fc.integer({ min: 1, max: 4000 }) });

const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const meet = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const whole = (size: { width: number; height: number }): Box => ({ x: 0, y: 0, ...size });

describe('a layout, for any frame from 128 to 3840 pixels a side', () => {
  it('keeps words and logo inside the title-safe area and the product inside the frame', () => {
    fc.assert(
      fc.property(frame, composition, (size, kind) => {
        const { safe, product, caption, logo } = layoutOf(size, kind);
        expect(inside(caption, safe), 'caption').toBe(true);
        expect(inside(logo, safe), 'logo').toBe(true);
        expect(inside(product, whole(size)), 'product').toBe(true);
      }),
    );
  });

  it('never lays words over the product, nor words or product over the logo', () => {
    fc.assert(
      fc.property(frame, composition, (size, kind) => {
        const { product, caption, logo } = layoutOf(size, kind);
        expect(meet(caption, product), 'caption and product').toBe(false);
        expect(meet(logo, product), 'logo and product').toBe(false);
        expect(meet(logo, caption), 'logo and caption').toBe(false);
      }),
    );
  });

  it('shades all of the words and stays in the frame', () => {
    fc.assert(
      fc.property(frame, composition, (size, kind) => {
        const { caption, scrim } = layoutOf(size, kind);
        expect(inside(caption, scrim)).toBe(true);
        expect(inside(scrim, whole(size))).toBe(true);
      }),
    );
  });

  it('puts every edge on even pixels, where chroma samples lie', () => {
    fc.assert(
      fc.property(frame, composition, (size, kind) => {
        const { product, caption, logo, scrim } = layoutOf(size, kind);
        for (const box of [product, caption, logo, scrim])
          for (const edge of [box.x, box.y, box.width, box.height]) expect(edge % 2).toBe(0);
      }),
    );
  });
});

describe('a product in its box', () => {
  it('keeps its aspect within a pixel and is never enlarged more than three times', () => {
    fc.assert(
      fc.property(picture, frame, (product, box) => {
        const { width, height } = fitted(product, box, ROOM);
        const scale = Math.min(box.width / ROOM / product.width, box.height / ROOM / product.height, 3);
        expect(Math.abs(width - product.width * scale)).toBeLessThanOrEqual(1);
        expect(Math.abs(height - product.height * scale)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('stays in the box through every camera move, on every frame', () => {
    const moment = fc.record({ frames: fc.integer({ min: 1, max: 300 }), at: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(picture, frame, composition, fc.constantFrom(...CAMERA_MOVES), moment, (product, size, kind, move, { frames, at }) => {
        const box = layoutOf(size, kind).product;
        const drawn = fitted(product, box, ROOM);
        const { scale, shiftX, shiftY } = poseAt(move, Math.floor(at * (frames - 1)), frames, 24);
        if (drawn.width > 1) expect((drawn.width * scale) / 2 + Math.abs(shiftX) * box.width).toBeLessThanOrEqual(box.width / 2 + 1e-6);
        if (drawn.height > 1) expect((drawn.height * scale) / 2 + Math.abs(shiftY) * box.height).toBeLessThanOrEqual(box.height / 2 + 1e-6);
        const reach = swept(drawn, box);
        expect(drawn.width * scale + 2 * Math.abs(shiftX) * box.width).toBeLessThanOrEqual(reach.width + 1e-6);
        expect(drawn.height * scale + 2 * Math.abs(shiftY) * box.height).toBeLessThanOrEqual(reach.height + 1e-6);
      }),
    );
  });

  it('lies in the middle', () => {
    expect(centred({ width: 10, height: 20 }, { x: 100, y: 100, width: 30, height: 40 })).toEqual({
      x: 110,
      y: 110,
      width: 10,
      height: 20,
    });
  });
});

it('gives a shot without words to the product alone, and neighbouring captions different places', () => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 1080, height: 1080 },
    { width: 1080, height: 1920 },
  ]) {
    expect(compositionOf({ index: 3 }, size)).toBe('alone');
    expect(compositionOf({ index: 0, caption: 'a' }, size)).not.toBe(compositionOf({ index: 1, caption: 'b' }, size));
  }
});

it('halves a preview on both sides, to even pixels, unless that would be smaller than a clip may be', () => {
  expect(renderedSize({ width: 1280, height: 720, fps: 24 }, 'preview')).toEqual({ width: 640, height: 360, fps: 24 });
  expect(renderedSize({ width: 1280, height: 720 }, 'final')).toEqual({ width: 1280, height: 720 });
  expect(renderedSize({ width: 200, height: 720 }, 'preview')).toEqual({ width: 200, height: 720 });
  fc.assert(
    fc.property(frame, (size) => {
      const { width, height } = renderedSize(size, 'preview');
      expect([width % 2, height % 2]).toEqual([0, 0]);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(128);
    }),
  );
});
