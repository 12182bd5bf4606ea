import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openU2netpSegmenter } from '#adapters/inference/u2netp-segmenter';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { flattened } from '#domain/prep/alpha';

const model = (name: string): string => fileURLToPath(new URL(`../../../.framewright/models/${name}`, import.meta.url));
const pictures = openPictureCodec();
const COFFEE = '../../../examples/briefs/coffee-spring/assets/coffee.png';
const rgb = async (file: string, side: number): Promise<Uint8Array> => {
  const photo = flattened(await pictures.decode(readFileSync(new URL(file, import.meta.url)), 2048));
  return (await pictures.resize(photo, side, side)).data;
};

describe('the segmenter', () => {
  const segmenter = openU2netpSegmenter(model('u2netp.onnx'));

  it('finds the cup and leaves the table', async () => {
    const { mask, id } = await segmenter.mask(await rgb(COFFEE, 320));
    const at = (x: number, y: number) => mask[Math.round(y * 320) * 320 + Math.round(x * 320)]!;
    expect(id).toBe('u2netp');
    expect(mask).toHaveLength(320 * 320);
    expect(at(0.5, 0.4)).toBeGreaterThan(250); // the coffee
    expect(at(0.63, 0.7)).toBeGreaterThan(250); // the spoon
    expect(at(0.05, 0.9)).toBeLessThan(5); // the table
    expect(at(0.95, 0.1)).toBeLessThan(5);
  });

  it('gives the same mask every time', async () => {
    const pixels = await rgb(COFFEE, 320);
    const fresh = openU2netpSegmenter(model('u2netp.onnx'));
    expect((await fresh.mask(pixels)).mask).toEqual((await segmenter.mask(pixels)).mask);
  });

  it('refuses pixels of another size, and says which', async () => {
    await expect(segmenter.mask(new Uint8Array(3))).rejects.toThrow('expected 307200 bytes of 320x320 RGB, found 3');
  });

  it('says which file is missing', async () => {
    await expect(openU2netpSegmenter('/nowhere/u2netp.onnx').mask(new Uint8Array(320 * 320 * 3))).rejects.toThrow('/nowhere/u2netp.onnx');
  });
});
