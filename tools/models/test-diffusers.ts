import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * The self-test of the Python worker over tiny random models, on a CPU: `npm run test:diffusers`. Not part of `npm test`, because torch is
 * 200 MB as a CPU build and gigabytes as PyPI gives it. `-- --python <interpreter>` takes one that has the packages already.
 */
const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'containers/motion-diffusers');
const requirements = join(folder, 'worker/requirements.txt');

function run(command: string, args: readonly string[], cwd = root): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function ownInterpreter(): string {
  const venv = join(root, '.framewright/venv-diffusers');
  const python = join(venv, 'bin/python');
  const installed = join(venv, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  run('python3', ['-m', 'venv', venv]);
  run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  writeFileSync(installed, wanted);
  return python;
}

const { values, positionals } = parseArgs({ options: { python: { type: 'string' } }, allowPositionals: true });
run(values.python ?? ownInterpreter(), ['-m', 'worker.selftest', ...positionals], folder);
