import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { Component } from '#contracts/component';
import { allComponents } from '#lib/components';
import { COMPONENTS_PAGE, componentsPage } from '../../../tools/docs/components.ts';
import { readMeasured } from '../../../tools/docs/measured.ts';

const root = resolve(import.meta.dirname, '../../..');
const components = allComponents(root);
const measured = readMeasured(root);
const animatic = components.find(({ id }) => id === 'animatic')!;

it('has a page that says what the manifests say; `node tools/docs/components.ts` writes it again', () => {
  expect(readFileSync(COMPONENTS_PAGE, 'utf8')).toBe(componentsPage(components, measured));
});

it('describes every component and what it can make', () => {
  const page = componentsPage(components, measured);
  for (const { id, version } of components) expect(page).toContain(`[${id}](#${id}) ${version}`);
  expect(page).toContain('neighbours share 0; each is made by itself');
});

it('computes what a rendered second costs, and says whether it was measured', () => {
  const figure = { component: 'animatic@1.0.0', basis: 'measured' as const, workerSecondsPerRenderedSecond: 2 };
  const known = { ...figure, rendered: '640x360 at 24 fps', source: 'npm run bench', day: '2026-11-26' };
  // 2 s x 1 vCPU x $0.0735 / 4 / 3600
  expect(componentsPage([animatic], [known])).toContain('| animatic | cpu-spot | $0.000010 (measured: 2 s x 1 x $0.00000510) |');
  expect(componentsPage([{ ...animatic, version: '2.0.0' }], [known])).toContain('not measured');
  const gpu = { ...animatic, needs: { gpus: 1, vcpus: 4, memoryMiB: 16_384 }, priceClass: 'gpu-spot' as const };
  expect(componentsPage([gpu], [{ ...known, basis: 'estimated' }])).toContain('$0.00023 (estimated: 2 s x 1 x $0.000116)');
});

it('says where hosted components run and whose weights are needed', () => {
  const file = { sha256: 'a'.repeat(64), bytes: 2_500_000 };
  const open: Component = { ...animatic, id: 'open', image: 'shared', weights: 'registered', files: { 'a.bin': file, 'b.bin': file } };
  const post = components.find(({ role }) => role === 'composite')!;
  const guest = Component.parse({ ...post, id: 'guest', role: 'audio', hostedBy: 'post', files: { 'g.onnx': file } });
  const page = componentsPage([post, open, guest], []);
  expect(page).toContain('| the worker of post | with its host |');
  expect(page).toContain('| its own worker, image shared | CPU, spot |');
  expect(page).toContain('| open | Apache-2.0 | 2 files, 5.0 MB, a bundle of yours |');
  expect(page).toContain('| guest | Apache-2.0 | 1 file, 2.5 MB, in `models/` |');
});
