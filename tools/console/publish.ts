import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { cacheOfConsoleFile } from '#contracts/console-headers';
import { ConsoleConfig } from '#contracts/review-api';
import { typeOf } from './files.ts';

export interface Publication {
  readonly folder: string;
  readonly bucket: string;
  readonly config: ConsoleConfig;
  readonly onFile?: (key: string) => void;
}

/** Uploads a built console: first what pages name, then the pages, so that nobody gets a page whose files are not there yet. */
export async function publishConsole(s3: S3Client, { folder, bucket, config, onFile }: Publication): Promise<string[]> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((key) => key !== 'config.json') // the deployment's own is written below
    .sort((one, other) => Number(isPage(one)) - Number(isPage(other)) || one.localeCompare(other));
  const put = async (key: string, body: Buffer | string): Promise<void> => {
    const about = { ContentType: typeOf(key), CacheControl: cacheOfConsoleFile(key) };
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...about }));
    onFile?.(key);
  };
  await put('config.json', JSON.stringify(ConsoleConfig.parse(config)));
  for (const key of files) await put(key, readFileSync(join(folder, key)));
  return ['config.json', ...files];
}

const isPage = (key: string): boolean => key.endsWith('.html');
