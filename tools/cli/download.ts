import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ArtifactRef } from '#contracts/artifact';

/** Streams an object to a file; the file appears whole or not at all. */
export async function download(client: S3Client, { bucket, key }: Pick<ArtifactRef, 'bucket' | 'key'>, file: string): Promise<void> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!(Body instanceof Readable)) throw new TypeError(`s3://${bucket}/${key}: expected a stream, found ${typeof Body}`);
  await mkdir(dirname(file), { recursive: true });
  await pipeline(Body, createWriteStream(`${file}.part`));
  await rename(`${file}.part`, file);
}
