import { expect, it } from 'vitest';
import { allComponents, readComponents } from '#lib/components';
import { readConfig } from '#lib/config';
import { root } from './synthesized.ts';

const idsOf = (gpuModels?: string[]) => readComponents(root, gpuModels).map(({ id }) => id);

it('a deployment has no component on a GPU until it names one', () => {
  const { gpuModels } = readConfig({ environment: 'aws', projectRoot: root });
  expect(gpuModels).toEqual([]);
  expect(readComponents(root, gpuModels).filter(({ needs }) => needs.gpus > 0)).toEqual([]);
  expect(allComponents(root).map(({ id }) => id)).toEqual(
    expect.arrayContaining(['wan22-ti2v-5b', 'fastwan22-ti2v-5b', 'wan21-vace-1-3b']),
  );
});

it('named in the settings it is there beside the others', () => {
  const { gpuModels } = readConfig({ environment: 'aws', projectRoot: root, gpuModels: 'wan22-ti2v-5b,fastwan22-ti2v-5b' });
  expect(idsOf(gpuModels).filter((id) => !idsOf().includes(id))).toEqual(['fastwan22-ti2v-5b', 'wan22-ti2v-5b']);
});

it('a name that is no such component stops the synthesis with those that are', () => {
  expect(() => idsOf(['wan23'])).toThrow(/expected some of fastwan22-ti2v-5b, wan21-vace-1-3b, wan22-ti2v-5b, found wan23/);
});
