import { lineArchive } from '#domain/ledger/line-archive';
import type { CostArchive } from '#domain/ports';

export interface MemoryCostArchive extends CostArchive {
  /** Object key to its lines, as the bucket would hold them. */
  readonly objects: Map<string, string>;
}

/** The analytics bucket in memory. */
export function openMemoryCostArchive(): MemoryCostArchive {
  const objects = new Map<string, string>();
  const archive = lineArchive(async (key, ...lines) => {
    objects.set(key, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  });
  return { objects, ...archive };
}
