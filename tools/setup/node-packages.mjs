/** node_modules, as package-lock.json says. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { sha256, textOf, writeWhole } from './files.mjs';
import { checkNpm } from './prerequisites.mjs';

export function nodePackages(root) {
  const lockPath = join(root, 'package-lock.json');
  const modules = join(root, 'node_modules');
  const stamp = join(modules, '.framewright-lock');
  const wanted = () => sha256(textOf(lockPath) ?? '');
  return {
    isFresh: () => textOf(stamp) === wanted() && existsSync(join(modules, '.bin')),
    async install() {
      if (textOf(lockPath) === undefined)
        throw new Error(`expected a lock file at ${lockPath}, found none; check out the whole repository`);
      // Who ran `npm install` by hand has the right packages already; a second install would only take time.
      if (!hasLockedVersions(lockPath, join(modules, '.package-lock.json'))) {
        checkNpm();
        console.error('installing the packages of package-lock.json (about a minute the first time)');
        await command('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
      }
      writeWhole(stamp, wanted());
    },
  };
}

/** npm notes in node_modules/.package-lock.json what it installed; it leaves out what belongs to other platforms. */
function hasLockedVersions(lockPath, installedPath) {
  const packagesOf = (path) => JSON.parse(textOf(path) ?? '{}').packages ?? {};
  const locked = packagesOf(lockPath);
  const installed = packagesOf(installedPath);
  if (Object.keys(installed).length === 0) return false;
  const isSame = (name) => installed[name]?.version === locked[name].version && installed[name]?.integrity === locked[name].integrity;
  return (
    Object.keys(locked).every((name) => name === '' || isSame(name) || (installed[name] === undefined && locked[name].optional === true)) &&
    Object.keys(installed).every((name) => locked[name] !== undefined)
  );
}
