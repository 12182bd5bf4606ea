import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { ArtifactRef } from '#contracts/artifact';
import { artifactCorrupted } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';
import { s3 } from './clients.ts';
import { PART_BYTES, uploadInParts } from './multipart-upload.ts';

/** A conflict means that two writers met; S3 asks both to try again, and then one of them finds the other's bytes. */
const CREATE_TRIES = 3;

/**
 * Artifacts in one S3 bucket. `find` tells "nothing there" from "not allowed" only when the role may list the bucket:
 * without `s3:ListBucket` S3 answers 403 for a missing key, and that is thrown, never taken for absence.
 */
export function openArtifactStore({ bucket, client = s3() }: { bucket: string; client?: S3Client }): ArtifactStore {
  const put = async (key: string, body: Uint8Array, contentType?: string): Promise<ArtifactRef> => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType }));
    return { bucket, key, sha256: sha256(body), bytes: body.byteLength };
  };
  const read = async (from: { bucket: string; key: string }) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: from.bucket, Key: from.key }));
      return Body;
    } catch (error) {
      if (status(error) === 404) return undefined;
      throw error;
    }
  };

  return {
    put,
    get: async (ref) => {
      const body = await (await existing(ref, read)).transformToByteArray();
      const found = sha256(body);
      if (found !== ref.sha256) throw artifactCorrupted(ref.key, ref.sha256, found);
      return body;
    },
    find: async (key) => {
      const stream = await read({ bucket, key });
      if (!stream) return undefined;
      const body = await stream.transformToByteArray();
      return { ref: { bucket, key, sha256: sha256(body), bytes: body.byteLength }, body };
    },
    create: async (key, body, contentType) => {
      for (let attempt = 1; ; attempt++) {
        try {
          await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: contentType, IfNoneMatch: '*' }));
          return true;
        } catch (error) {
          if (status(error) === 412) return false;
          if (status(error) !== 409 || attempt === CREATE_TRIES) throw error;
        }
      }
    },
    upload: async (key, file, contentType) => {
      const { size } = await stat(file);
      if (size <= PART_BYTES) return put(key, await readFile(file), contentType);
      return { bucket, key, sha256: await uploadInParts(client, { bucket, key, file, contentType }), bytes: size };
    },
    download: async (ref, file) => {
      const body = await existing(ref, read);
      if (!(body instanceof Readable)) throw new TypeError(`expected a Node stream for ${ref.key}; this store runs on Node only`);
      const hash = createHash('sha256');
      await pipeline(body, hashing(hash), createWriteStream(file));
      const found = hash.digest('hex');
      if (found === ref.sha256) return;
      await rm(file, { force: true });
      throw artifactCorrupted(ref.key, ref.sha256, found);
    },
  };
}

async function existing<Body>(ref: ArtifactRef, read: (ref: ArtifactRef) => Promise<Body | undefined>): Promise<Body> {
  const body = await read(ref);
  if (!body) throw artifactCorrupted(ref.key, ref.sha256, `no object in bucket ${ref.bucket}`);
  return body;
}

const hashing = (hash: Hash): Transform =>
  new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });

const status = (error: unknown): number | undefined => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);

const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
