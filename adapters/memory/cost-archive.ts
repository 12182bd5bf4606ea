import { keys } from '#contracts/keys';
import type { CostArchive } from '#domain/ports';

export interface MemoryCostArchive extends CostArchive {
  /** Object key to its one line, as the bucket would hold it. */
  readonly objects: Map<string, string>;
}

/** The analytics bucket in memory. */
export function openMemoryCostArchive(): MemoryCostArchive {
  const objects = new Map<string, string>();
  return {
    objects,
    async keep(fact) {
      objects.set(keys.costFact(fact.day, fact.tenant, fact.factId), `${JSON.stringify(fact)}\n`);
    },
    async keepPublished(clip) {
      objects.set(keys.publishedClip(clip.day, clip.tenant, clip.jobId), `${JSON.stringify(clip)}\n`);
    },
    async keepReworked(shots) {
      const [{ day, tenant, jobId, tier, take }] = shots;
      objects.set(keys.reworkedShots(day, tenant, jobId, tier, take), shots.map((shot) => `${JSON.stringify(shot)}\n`).join(''));
    },
  };
}
