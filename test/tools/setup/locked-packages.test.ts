import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod';

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      integrity: z.string().optional(),
      inBundle: z.boolean().optional(),
      os: list.optional(),
      cpu: list.optional(),
      libc: list.optional(),
    }),
  ),
});
const { packages } = Lock.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../../package-lock.json'), 'utf8')));
const entries = Object.entries(packages).filter(([path]) => path !== '');

/** Packages whose binaries come as packages of their own, one a machine; onnxruntime-node carries all of its binaries itself. */
const FAMILIES = [
  '@biomejs/cli-',
  '@duckdb/node-bindings-',
  '@esbuild/',
  '@img/sharp-',
  '@img/sharp-libvips-',
  '@rolldown/binding-',
  '@typescript/typescript-',
  'lightningcss-',
];
const MACHINES = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'arm64'],
] as const;

it('every locked package is checked by its hash, whatever machine it is for', () => {
  expect(entries.filter(([, { integrity, inBundle }]) => !integrity && !inBundle).map(([path]) => path)).toEqual([]);
});

for (const [os, cpu] of MACHINES)
  it(`every package with binaries has one for ${os} on ${cpu}`, () => {
    const fits = entries.filter(([, one]) => one.os?.includes(os) && one.cpu?.includes(cpu) && (!one.libc || one.libc.includes('glibc')));
    const missing = FAMILIES.filter((family) => !fits.some(([path]) => path.startsWith(`node_modules/${family}${os}`)));
    expect(missing).toEqual([]);
  });
