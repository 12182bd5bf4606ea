import { expect, it } from 'vitest';
import { script } from './script.ts';

const asked = async (call: string): Promise<string> =>
  (
    await script(`import { checkMachine, checkNode } from 'setup/prerequisites.mjs';
      try { ${call}; console.log('accepted'); } catch (error) { console.log(error.message); }`)
  ).output.trim();
const machine = (platform: string, arch: string) => asked(`checkMachine({ platform: '${platform}', arch: '${arch}' })`);
const node = (version: string) => asked(`checkNode({ versions: { node: '${version}' }, execPath: '/opt/node' })`);

it('accepts Linux on both processors and macOS on Apple silicon', async () => {
  expect(await machine('linux', 'x64')).toBe('accepted');
  expect(await machine('linux', 'arm64')).toBe('accepted');
  expect(await machine('darwin', 'arm64')).toBe('accepted');
});

it('tells an Intel Mac what it lacks, and an arm64 Mac under an Intel Node what to install', async () => {
  expect(await machine('darwin', 'x64')).toMatch(/found darwin-x64; onnxruntime-node .*install the arm64 build of Node/);
});

it('names any other machine', async () => {
  expect(await machine('win32', 'x64')).toBe('expected Linux on x64 or arm64, or macOS on Apple silicon, found win32-x64');
});

it('takes an old Node, because npm brings a newer one, but none that is older than the set-up itself', async () => {
  expect(await node('20.0.0')).toBe('accepted');
  expect(await node('26.1.0')).toBe('accepted');
  expect(await node('18.20.0')).toMatch(/expected Node 20\.0 or newer, found 18\.20\.0 at \/opt\/node/);
});
