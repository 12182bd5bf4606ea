import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { filesBelow } from './natives.ts';

export type Level = 1 | 9;

/** What a build that was finished wrote down; synthesis reads hashes from it, the next build finds archives that it can keep. */
const Manifest = z.object({
  target: z.string(),
  level: z.union([z.literal(1), z.literal(9)]),
  assets: z.record(z.string(), z.string()),
  /** Bytes of each archive, so that one cut short is not kept. */
  archives: z.record(z.string(), z.int()),
});
type Manifest = z.infer<typeof Manifest>;

export interface Archives {
  /** True when the archive of `folder` was made of exactly the files that `hash` stands for. */
  readonly isCurrent: (folder: string, hash: string) => boolean;
  readonly finish: (target: string, assets: readonly (readonly [string, string])[]) => void;
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? -1;

/**
 * Empties `dist/` but for archives. Their manifest goes first, so a build that is cut off leaves nothing that claims to be complete,
 * and what it has overwritten is never taken for what it was.
 */
export function takeOver(root: string, level: Level): Archives {
  const dist = join(root, 'dist');
  const file = join(dist, 'assets.json');
  const earlier = readManifest(file);
  rmSync(file, { force: true });
  rmSync(join(dist, 'stamp.json'), { force: true });
  mkdirSync(dist, { recursive: true });
  for (const each of filesBelow(dist)) if (earlier === undefined || !each.endsWith('.zip')) rmSync(each);
  return {
    isCurrent: (folder, hash) =>
      earlier?.level === level && earlier.assets[folder] === hash && sizeOf(join(root, `${folder}.zip`)) === earlier.archives[folder],
    finish(target, assets) {
      const wanted = new Set(assets.map(([folder]) => join(root, `${folder}.zip`)));
      for (const each of filesBelow(dist)) if (each.endsWith('.zip') && !wanted.has(each)) rmSync(each);
      const archives = Object.fromEntries(assets.map(([folder]) => [folder, sizeOf(join(root, `${folder}.zip`))]));
      const manifest: Manifest = { target, level, assets: Object.fromEntries(assets), archives };
      writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

function readManifest(file: string): Manifest | undefined {
  try {
    return Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // a first build, or an earlier one that was cut off
  }
}
