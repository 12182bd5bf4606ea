/** Runs the program that was asked for and ends the way it ends. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

export function run(root, program, args) {
  const binaries = join(root, 'node_modules', '.bin');
  const pinned = join(binaries, 'node');
  const node = existsSync(pinned) ? pinned : process.execPath;
  // What we start finds tools of the project first, then the Node that we run.
  const env = { ...process.env, PATH: [binaries, dirname(node), process.env.PATH ?? ''].join(delimiter) };
  const child = spawn(node, [join(root, program), ...args], { stdio: 'inherit', env });
  // The terminal sends Ctrl-C to the child as well; we only stay alive until it has cleaned up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('error', (error) => {
    console.error(`could not run ${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
}
