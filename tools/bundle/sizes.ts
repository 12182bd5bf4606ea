import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Entry } from './entries.ts';
import { filesBelow } from './natives.ts';

export interface Size {
  readonly name: string;
  /** Everything that is unpacked on the machine that runs it. */
  readonly rawBytes: number;
  /** The archive that is uploaded. */
  readonly zipBytes: number;
  /** The bundled code alone, compressed. */
  readonly codeGzipBytes: number;
}

export const sizesOf = (root: string, all: readonly Entry[]): Size[] =>
  all.map((entry) => ({
    name: entry.name,
    rawBytes: filesBelow(join(root, entry.folder)).reduce((sum, file) => sum + statSync(file).size, 0),
    zipBytes: statSync(join(root, `${entry.folder}.zip`)).size,
    codeGzipBytes: gzipSync(readFileSync(join(root, entry.output))).byteLength,
  }));

const kb = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(10);

export const sizeTable = (sizes: readonly Size[]): string =>
  [
    `${'entry'.padEnd(28)}${'raw kB'.padStart(10)}${'zip kB'.padStart(10)}${'code gzip'.padStart(10)}`,
    ...sizes.map((size) => `${size.name.padEnd(28)}${kb(size.rawBytes)}${kb(size.zipBytes)}${kb(size.codeGzipBytes)}`),
  ].join('\n');
