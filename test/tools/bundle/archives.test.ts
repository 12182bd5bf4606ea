import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeOver } from '../../../tools/bundle/archives.ts';
import { contentHash, isFresh, remember } from '../../../tools/bundle/fingerprint.ts';
import { type PackedFiles, writeZip } from '../../../tools/bundle/zip.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-'));
  mkdirSync(join(root, 'dist'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a build', () => {
  it('is stale when a file that went in reads otherwise, though its size and its date are the same', () => {
    const file = join(root, 'a.ts');
    writeFileSync(file, 'one');
    utimesSync(file, 1_000, 1_000);
    remember(root, 'request', ['a.ts']);
    expect(isFresh(root, 'request')).toBe(true);
    writeFileSync(file, 'two');
    utimesSync(file, 1_000, 1_000);
    expect(isFresh(root, 'request')).toBe(false);
  });

  it('is fresh when a file was only touched', () => {
    writeFileSync(join(root, 'a.ts'), 'one');
    remember(root, 'request', ['a.ts']);
    utimesSync(join(root, 'a.ts'), 1_000, 1_000);
    expect(isFresh(root, 'request')).toBe(true);
  });

  it('is stale when something else is asked for, and when a file that was absent appears', () => {
    remember(root, 'request', ['policy.json']);
    expect(isFresh(root, 'another')).toBe(false);
    writeFileSync(join(root, 'policy.json'), '{}');
    expect(isFresh(root, 'request')).toBe(false);
  });
});

describe('an archive of an earlier build', () => {
  const asset = 'dist/lambdas/a';
  const finished = () => {
    const first = takeOver(root, 1);
    mkdirSync(join(root, 'dist/lambdas'), { recursive: true });
    writeFileSync(join(root, `${asset}.zip`), 'archive');
    first.finish('linux-x64', [[asset, 'hash']]);
  };

  it('is kept while the files it was made of are the same', () => {
    finished();
    expect(takeOver(root, 1).isCurrent(asset, 'hash')).toBe(true);
  });

  it('is made again for other files, another compression, or when it was cut short', () => {
    finished();
    expect(takeOver(root, 1).isCurrent(asset, 'other')).toBe(false);
    finished();
    expect(takeOver(root, 9).isCurrent(asset, 'hash')).toBe(false);
    finished();
    truncateSync(join(root, `${asset}.zip`), 3);
    expect(takeOver(root, 1).isCurrent(asset, 'hash')).toBe(false);
  });

  it('is not trusted after a build that was cut off', () => {
    finished();
    takeOver(root, 1);
    expect(takeOver(root, 1).isCurrent(asset, 'hash')).toBe(false);
  });

  it('goes when nothing is deployed from it any more', () => {
    finished();
    takeOver(root, 1).finish('linux-x64', []);
    expect(() => readFileSync(join(root, `${asset}.zip`))).toThrow();
  });
});

describe('zips', () => {
  /** Looks like weights: nothing in it repeats. */
  const noise = Buffer.from(Array.from({ length: 400_000 }, (_, index) => Math.floor(Math.abs(Math.sin(index) * 1e9)) % 256));
  const folder = () => join(root, 'files');
  const write = async (seen?: PackedFiles) => {
    const zip = join(root, 'out.zip');
    await writeZip(folder(), [join(folder(), 'code'), join(folder(), 'weights')], zip, 1, seen);
    return readFileSync(zip);
  };
  beforeEach(() => {
    mkdirSync(folder());
    writeFileSync(join(folder(), 'code'), 'const a = 1;'.repeat(50_000));
    writeFileSync(join(folder(), 'weights'), noise);
  });

  it('are the same bytes every time, also when they share work with an earlier one', async () => {
    const seen: PackedFiles = new Map();
    const first = await write(seen);
    expect(await write(seen)).toEqual(first);
    expect(await write()).toEqual(first);
    expect(seen.size).toBe(2);
  });

  it('store what does not compress as it is, and deflate the rest', async () => {
    const zip = await write();
    const stored = zip.indexOf(noise);
    expect(stored).toBeGreaterThan(0);
    expect(zip.readUInt16LE(8)).toBe(8);
    const start = 30 + zip.readUInt16LE(26);
    expect(inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(18))).toString()).toBe('const a = 1;'.repeat(50_000));
    expect(zip.readUInt16LE(stored - 'weights'.length - 30 + 8)).toBe(0);
  });

  it('have another content hash when a file becomes a program', () => {
    const files = [join(folder(), 'code')];
    const before = contentHash(folder(), files);
    chmodSync(join(folder(), 'code'), 0o755);
    expect(contentHash(folder(), files)).not.toBe(before);
  });
});
