import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { lineArchive } from '#domain/ledger/line-archive';
import type { CostArchive } from '#domain/ports';
import { s3 } from './clients.ts';

/**
 * One JSON line per object in the ledger bucket, or a few that belong to one decision. Small objects are cheap at our rate: a job leaves some
 * thirty facts, $0.00015 of PUTs.
 */
export const openCostArchive = ({ bucket, client = s3() }: { bucket: string; client?: S3Client }): CostArchive =>
  lineArchive(async (key, ...lines) => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        ContentType: 'application/x-ndjson',
      }),
    );
  });
