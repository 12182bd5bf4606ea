import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Stamp {
  /** What was asked for: target and entries. */
  readonly request: string;
  /** SHA-256 of every file that went in, by path relative to the project. */
  readonly inputs: Readonly<Record<string, string>>;
}

const stampFile = (root: string): string => join(root, 'dist/stamp.json');

const look = (root: string, path: string): string => {
  const file = join(root, path);
  if (!existsSync(file)) return 'absent';
  return createHash('sha256').update(readFileSync(file)).digest('hex');
};

/** True when nothing that went into `dist` has changed since; reads 3,000 files and 180 MB of binaries, a third of a second of CPU. */
export function isFresh(root: string, request: string): boolean {
  const file = stampFile(root);
  if (!existsSync(file)) return false;
  const stamp = JSON.parse(readFileSync(file, 'utf8')) as Stamp;
  return stamp.request === request && Object.entries(stamp.inputs).every(([path, seen]) => look(root, path) === seen);
}

export function remember(root: string, request: string, inputs: readonly string[]): void {
  const stamp: Stamp = { request, inputs: Object.fromEntries([...new Set(inputs)].sort().map((path) => [path, look(root, path)])) };
  writeFileSync(stampFile(root), `${JSON.stringify(stamp)}\n`);
}

/** SHA-256 over names, contents and what may be executed, so equal files give an equal asset wherever and whenever they were built. */
export function contentHash(folder: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const body = readFileSync(file);
    hash.update(`${file.slice(folder.length)}\0${body.byteLength}\0${statSync(file).mode & 0o100}\0`).update(body);
  }
  return hash.digest('hex');
}
