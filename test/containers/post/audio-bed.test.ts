import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { audioBeds, BED_LUFS, fadeSeconds } from '#domain/post/audio-bed';
import { audioChain } from '../../../containers/post/graph.ts';
import { FFMPEG } from './tiny-render.ts';

const execute = promisify(execFile);

it.each(Object.entries(audioBeds))('the bed of %s is about -20 LUFS and far from clipping', async (_, bed) => {
  const { stderr } = await execute(FFMPEG, [
    ...[
      '-nostdin',
      '-hide_banner',
      '-filter_complex',
      `${audioChain(bed, 20)};[audio]ebur128=peak=true[out]`,
      '-map',
      '[out]',
      '-f',
      'null',
      '-',
    ],
  ]);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const figure = (name: string): number => Number(new RegExp(`${name}:\\s+(-?[\\d.]+)`).exec(summary)?.[1]);
  expect(Math.abs(figure('I') - BED_LUFS)).toBeLessThan(1);
  expect(figure('Peak')).toBeLessThan(-6);
});

it('fades over a quarter of a clip that is too short for whole fades', () => {
  expect(fadeSeconds(15)).toBe(1);
  expect(fadeSeconds(2)).toBe(0.5);
});
