import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One hash for everything below the given paths: names with size and time of change, which is quick, or with their content.
 * A missing path counts as missing, so that its appearance is a change.
 */
export function fingerprintOf(paths: readonly string[], { byContent = false } = {}): string {
  const hash = createHash('sha256');
  for (const path of paths)
    for (const file of filesBelow(path)) hash.update(`${file}\n${byContent ? readFileSync(file, 'base64') : stateOf(file)}\n`);
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

function stateOf(file: string): string {
  const { size, mtimeMs } = statSync(file);
  return `${size} ${mtimeMs}`;
}

/** What an earlier run of this same program wrote; anything unreadable counts as absent. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
