import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { keys } from '#contracts/keys';
import type { CostArchive } from '#domain/ports';
import { s3 } from './clients.ts';

/**
 * One JSON line per object in the ledger bucket, or a few that belong to one decision. The key is made of the fact's own id, so a fact that is kept again writes the same bytes
 * over themselves; small objects are cheap at our rate (a job leaves some thirty facts, $0.00015 of PUTs).
 */
export function openCostArchive({ bucket, client = s3() }: { bucket: string; client?: S3Client }): CostArchive {
  const put = async (key: string, ...lines: readonly unknown[]): Promise<void> => {
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        ContentType: 'application/x-ndjson',
      }),
    );
  };
  return {
    keep: (fact) => put(keys.costFact(fact.day, fact.tenant, fact.factId), fact),
    keepReworked: (shots) => {
      const [{ day, tenant, jobId, tier, take }] = shots;
      return put(keys.reworkedShots(day, tenant, jobId, tier, take), ...shots);
    },
    keepPublished: (clip) => put(keys.publishedClip(clip.day, clip.tenant, clip.jobId), clip),
  };
}
