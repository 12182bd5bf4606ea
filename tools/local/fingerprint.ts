import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One hash for the names and the content of everything below the given paths. Content, as the bundler writes files anew that have
 * not changed. A missing path counts as empty, so that its appearance is a change.
 */
export function fingerprintOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesBelow(path)) {
      const content = readFileSync(file);
      hash.update(`${file}\n${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex');
}

function filesBelow(path: string): string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    return readdirSync(path)
      .sort()
      .filter((name) => name !== 'node_modules')
      .flatMap((name) => filesBelow(join(path, name)));
  } catch {
    return [];
  }
}

/** What an earlier run of this same program wrote; anything unreadable counts as absent. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
