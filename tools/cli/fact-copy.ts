import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

/** Everything analysts read lies under this prefix of the ledger bucket (contracts/keys.ts). */
const PREFIX = 'facts/';
/** Downloads at a time: small objects, so latency counts; S3 serves thousands a second. */
const AT_ONCE = 24;

/** DuckDB refuses a pattern that matches no file; an empty file is a table without rows. */
export const EMPTY_TABLES = [
  'cost/day=0000-00-00/tenant=none/none.json',
  'published/day=0000-00-00/tenant=none/none.json',
  'reworked/day=0000-00-00/tenant=none/none.json',
  'answered/day=0000-00-00/tenant=none/none.json',
  'stopped/day=0000-00-00/tenant=none/none.json',
];

export interface FactCopy {
  readonly folder: string;
  readonly facts: number;
  readonly downloaded: number;
}

/**
 * Makes `folder` a copy of the facts in `bucket`: downloads what is new or changed, removes what is gone. A file carries the object's own
 * modification time, so a fact that did not change is not fetched again.
 */
export async function copyFacts(client: S3Client, bucket: string, folder: string): Promise<FactCopy> {
  const wanted = new Map<string, { bytes: number; modified: Date }>();
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: PREFIX }))
    for (const { Key = '', Size = 0, LastModified = new Date(0) } of page.Contents ?? [])
      wanted.set(Key.slice(PREFIX.length), { bytes: Size, modified: LastModified });

  const present = new Map<string, { bytes: number; modified: Date }>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtime } = await stat(path);
    present.set(relative(folder, path).split(sep).join('/'), { bytes: size, modified: mtime });
  }

  const gone = [...present.keys()].filter((name) => !wanted.has(name) && !EMPTY_TABLES.includes(name));
  await Promise.all(gone.map((name) => rm(join(folder, name))));

  const missing = [...wanted].filter(([name, { bytes, modified }]) => {
    const here = present.get(name);
    return !here || here.bytes !== bytes || here.modified.getTime() !== modified.getTime();
  });
  const queue = missing.values();
  const fetchSome = async (): Promise<void> => {
    for (const [name, { modified }] of queue) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${PREFIX}${name}` }));
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, (await Body?.transformToByteArray()) ?? '');
      await utimes(path, modified, modified);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchSome));

  for (const name of EMPTY_TABLES) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), '');
  }
  return { folder, facts: wanted.size, downloaded: missing.length };
}
