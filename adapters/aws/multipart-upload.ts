import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';

/** 16 MiB: S3's least is 5 MiB and most is 10,000 parts, so files up to 160 GB fit; the upload holds one part in memory. */
export const PART_BYTES = 16 * 1024 * 1024;

interface PartedFile {
  readonly bucket: string;
  readonly key: string;
  readonly file: string;
  readonly contentType: string | undefined;
}

/** Uploads a file part by part and returns its SHA-256. A failure leaves no unfinished upload behind to be billed. */
export async function uploadInParts(client: S3Client, { bucket, key, file, contentType }: PartedFile): Promise<string> {
  const target = { Bucket: bucket, Key: key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ContentType: contentType }));
  if (!UploadId) throw new Error(`expected an upload id from S3 for ${key}, found none`);
  const hash = createHash('sha256');
  const handle = await open(file);
  try {
    const parts: CompletedPart[] = [];
    for (let position = 0; ; ) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PART_BYTES), 0, PART_BYTES, position);
      if (bytesRead === 0) break;
      const body = buffer.subarray(0, bytesRead);
      hash.update(body);
      position += bytesRead;
      const PartNumber = parts.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...target, UploadId, PartNumber, Body: body }));
      parts.push({ PartNumber, ...(ETag ? { ETag } : {}) });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }));
    return hash.digest('hex');
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
    throw error;
  } finally {
    await handle.close();
  }
}
