import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { IntakeStore } from '#domain/ports';
import { s3 } from './clients.ts';

/**
 * The versioned bucket briefs are dropped in. `stat` tells "nothing there" from "not allowed" only when the role may list the bucket:
 * without `s3:ListBucket` S3 answers 403 for a missing key, and that is thrown, never taken for absence.
 */
export function openIntakeStore({ bucket, client = s3() }: { bucket: string; client?: S3Client }): IntakeStore {
  return {
    async stat(key) {
      try {
        const { VersionId, ETag, ContentLength = 0 } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        if (!VersionId) throw new Error(`bucket ${bucket}: expected versioning to be on, found ${key} without a version`);
        return { bucket, key, versionId: VersionId, bytes: ContentLength, ...(ETag && { etag: ETag }) };
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
        throw error;
      }
    },

    async read(object, maxBytes) {
      if (object.bytes > maxBytes) throw tooLong(object.key, maxBytes, object.bytes);
      const from = { Bucket: bucket, Key: object.key, VersionId: object.versionId };
      const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand(from));
      if (!Body) throw new Error(`${object.key} version ${object.versionId}: expected a body, found none`);
      // The size in the event is what somebody said; this is what S3 holds.
      if (ContentLength > maxBytes) {
        await Body.transformToWebStream().cancel();
        throw tooLong(object.key, maxBytes, ContentLength);
      }
      return Body.transformToByteArray();
    },

    async leaveNote(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }));
    },
  };
}

const tooLong = (key: string, maxBytes: number, found: number): RangeError =>
  new RangeError(`${key}: expected at most ${maxBytes} bytes, found ${found}`);
