import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handlers } from '#lib/handlers';
import { type Import, imports, packageOf, roomOf, root, sources } from './rooms.ts';

/** Which room may reach into which; a room may always reach into itself. */
const MAY_REACH: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  domain: ['contracts'],
  adapters: ['contracts', 'domain'],
  lambdas: ['contracts', 'domain', 'adapters'],
  containers: ['contracts', 'domain', 'adapters'],
  lib: ['contracts'],
  console: ['contracts'],
  bin: ['contracts', 'domain', 'adapters', 'lib', 'tools'],
};

/** Packages a room may use; rooms that are not named may use any. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  contracts: ['zod'],
  // Hashing is arithmetic: same bytes in, same bytes out, nothing outside is touched.
  domain: ['zod', 'node:crypto'],
  // Whoever reviews waits for every kilobyte: a test keeps the sum small.
  console: ['zod', 'preact', '@fontsource-variable/inter'],
  lib: ['zod', 'aws-cdk-lib', 'constructs', 'cdk-nag', 'node:fs', 'node:path'],
};

/** Doors that need more than `step` gives, the wrapper itself, the workers' entry, and the one switch that a library reads from there. */
const ENVIRONMENT_READERS: readonly string[] = [
  'lambdas/intake/accept-brief.ts',
  'lambdas/ledger/record-events.ts',
  'lambdas/review/api.ts',
  'lambdas/review/close-questions.ts',
  'lambdas/review/decide.ts',
  'lambdas/review/escalate.ts',
  'lambdas/review/measure-queue.ts',
  'lambdas/review/settle-siblings.ts',
  'lambdas/step.ts',
  'containers/animatic/main.ts',
  'containers/motion-diffusers/main.ts',
  'containers/motion-tiny/main.ts',
  'containers/post/main.ts',
  'containers/transcribe/main.ts',
  'adapters/inference/onnx-runtime.ts', // onnxruntime reports to its maker unless a variable says no before it is loaded
];

/** What the pure rooms must not say: each reads a world that a test cannot set. */
const WORLDLY = /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|\bsetTimeout\(/;

/** Manifests are data: what a component can do, and the version of the product. They are bundled, not run. */
const MANIFEST = /^(containers\/[^/]+\/component|package)\.json$/;

const all = await imports();
const ofProject = all.filter(({ isPackage }) => !isPackage);
const listed = (found: readonly Import[]) => found.map(({ from, to }) => `${from} -> ${to}`);

it('reads the imports of the whole product', () => {
  expect(ofProject.length).toBeGreaterThan(500);
  expect(new Set(all.map(({ from }) => roomOf(from)))).toEqual(new Set([...Object.keys(MAY_REACH), 'tools']));
});

describe.each(Object.entries(MAY_REACH))('%s', (room, reachable) => {
  it(`reaches only itself${reachable.map((other) => `, ${other}`).join('')}`, () => {
    const strangers = ofProject.filter(
      ({ from, to }) => roomOf(from) === room && ![room, ...reachable].includes(roomOf(to)) && !MANIFEST.test(to),
    );
    expect(listed(strangers)).toEqual([]);
  });

  const usable = MAY_USE[room];
  if (usable)
    it(`uses no package but ${usable.join(', ')}`, () => {
      const strangers = all.filter(({ from, to, isPackage }) => isPackage && roomOf(from) === room && !usable.includes(packageOf(to)));
      expect(listed(strangers)).toEqual([]);
    });
});

it('production reaches no tools', () => {
  const strangers = ofProject.filter(({ from, to }) => !['bin', 'tools'].includes(roomOf(from)) && roomOf(to) === 'tools');
  expect(listed(strangers)).toEqual([]);
});

it('a stage does not know its neighbours: no door reaches into another stage', () => {
  const folder = (path: string) => path.split('/').slice(0, 2).join('/');
  const inStages = ofProject.filter(({ from }) => roomOf(from) === 'lambdas' && from.split('/').length > 2);
  const strangers = inStages.filter(({ from, to }) => roomOf(to) === 'lambdas' && to.split('/').length > 2 && folder(to) !== folder(from));
  expect(listed(strangers)).toEqual([]);
});

it('an adapter does not know another vendor: one folder a neighbour', () => {
  const folder = (path: string) => path.split('/').slice(0, 2).join('/');
  const strangers = ofProject.filter(
    ({ from, to }) => roomOf(from) === 'adapters' && roomOf(to) === 'adapters' && folder(to) !== folder(from),
  );
  expect(listed(strangers)).toEqual([]);
});

it.each(['contracts', 'domain'])('%s reads no clock, no chance and no environment', (room) => {
  const worldly = sources(room).filter((file) => {
    const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    return WORLDLY.test(code);
  });
  expect(worldly).toEqual([]);
});

it('the environment is read only where a process begins', () => {
  const readers = [...sources('lambdas'), ...sources('containers'), ...sources('adapters'), ...sources('lib')].filter((file) =>
    /\bprocess\.env\b/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(readers).toEqual(ENVIRONMENT_READERS);
});

it('every door on disk is deployed, and every deployed door is on disk', () => {
  const doors = sources('lambdas')
    .map((file) => file.replace(/^lambdas\/|\.ts$/g, ''))
    .filter((name) => /\bexport const handler\b/.test(readFileSync(join(root, 'lambdas', `${name}.ts`), 'utf8')));
  expect(doors.sort()).toEqual(handlers.map(([name]) => name).sort());
});
