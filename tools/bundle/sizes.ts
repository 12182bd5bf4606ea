import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Entry } from './entries.ts';
import { filesBelow } from './natives.ts';

export interface Size {
  readonly name: string;
  readonly rawBytes: number;
  /** Sum of the files compressed one by one, as a zip does. */
  readonly gzipBytes: number;
  /** The bundled code alone. */
  readonly codeGzipBytes: number;
}

/** Compressing 50 MB of binaries takes 2 s a folder: ask for it only to print or to test. */
export function sizesOf(root: string, all: readonly Entry[]): Size[] {
  return all.map((entry) => {
    const bodies = filesBelow(`${root}/${entry.folder}`).map((file) => ({ file, body: readFileSync(file) }));
    const packed = bodies.map(({ file, body }) => ({ file, bytes: gzipSync(body, { level: 6 }).byteLength }));
    return {
      name: entry.name,
      rawBytes: bodies.reduce((sum, { body }) => sum + body.byteLength, 0),
      gzipBytes: packed.reduce((sum, { bytes }) => sum + bytes, 0),
      codeGzipBytes: packed.find(({ file }) => file.endsWith(entry.output))?.bytes ?? 0,
    };
  });
}

const kb = (bytes: number): string => (bytes / 1000).toFixed(1).padStart(10);

export const sizeTable = (sizes: readonly Size[]): string =>
  [
    `${'entry'.padEnd(28)}${'raw kB'.padStart(10)}${'gzip kB'.padStart(10)}${'code gzip'.padStart(10)}`,
    ...sizes.map((size) => `${size.name.padEnd(28)}${kb(size.rawBytes)}${kb(size.gzipBytes)}${kb(size.codeGzipBytes)}`),
  ].join('\n');
