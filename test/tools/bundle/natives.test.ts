import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { copyNatives, NATIVE_PACKAGES } from '../../../tools/bundle/natives.ts';
import { parseTarget } from '../../../tools/bundle/target.ts';

const project = join(import.meta.dirname, '../../..');
const empty = (): string => mkdtempSync(join(tmpdir(), 'framewright-natives-'));

/** A project on some machine, as npm would leave it: sharp brings packages for that machine alone. */
function projectOn(machine: string): string {
  const root = empty();
  const files = [
    'sharp/package.json',
    'sharp/dist/index.cjs',
    `@img/sharp-${machine}/lib/sharp.node`,
    `@img/sharp-libvips-${machine}/package.json`,
    `@img/sharp-libvips-${machine}/versions.json`,
    `@img/sharp-libvips-${machine}/lib/libvips`,
    ...['package.json', 'color.cjs', 'index.cjs'].map((file) => `@img/colour/${file}`),
    'detect-libc/package.json',
    'detect-libc/lib/detect-libc.js',
    'semver/package.json',
  ];
  for (const file of files) {
    mkdirSync(dirname(join(root, 'node_modules', file)), { recursive: true });
    writeFileSync(join(root, 'node_modules', file), '');
  }
  return root;
}

for (const machine of ['linux-x64', 'linux-arm64', 'darwin-arm64']) {
  it(`gives ${machine} the one runtime of its own, and the same signing library as every other machine`, () => {
    const folder = empty();
    copyNatives(project, ['onnxruntime-node', '@contentauth/c2pa-wasm'], folder, parseTarget(machine));
    const [platform, cpu] = machine.split('-');
    const runtimes = join(folder, 'node_modules/onnxruntime-node/bin/napi-v6');
    expect(readdirSync(runtimes)).toEqual([platform]);
    expect(readdirSync(join(runtimes, platform!))).toEqual([cpu]);
    expect(readdirSync(join(folder, 'node_modules/@contentauth/c2pa-wasm/pkg')).sort()).toEqual(['c2pa.js', 'c2pa_bg.wasm']);
  });

  it(`gives ${machine} its own picture library`, () => {
    const folder = empty();
    copyNatives(projectOn(machine), ['sharp'], folder, parseTarget(machine));
    expect(new Set(readdirSync(join(folder, 'node_modules/@img')))).toEqual(
      new Set(['colour', `sharp-${machine}`, `sharp-libvips-${machine}`]),
    );
  });
}

it('says which package lacks which machine, and how to get it', () => {
  const build = () => copyNatives(projectOn('linux-arm64'), ['sharp'], empty(), parseTarget('linux-x64'));
  expect(build).toThrow(/expected @img\/sharp-linux-x64 for linux-x64 .*npm install --no-save --os=linux --cpu=x64/);
});

it('leaves nothing behind from the build before', () => {
  const folder = empty();
  copyNatives(project, ['@contentauth/c2pa-wasm'], folder, parseTarget('linux-x64'));
  copyNatives(project, [], folder, parseTarget('linux-x64'));
  expect(existsSync(join(folder, 'node_modules'))).toBe(false);
});

it('knows no other package that stays outside the bundles', () => {
  expect([...NATIVE_PACKAGES].sort()).toEqual(['@contentauth/c2pa-wasm', 'onnxruntime-node', 'sharp']);
});
