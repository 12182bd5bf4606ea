#!/usr/bin/env node
/**
 * The one door of every npm script: `node tools/setup.mjs <framewright|path/to/file.ts> [arguments]`.
 * Installs what the lock files name when it is missing or stale, then runs the program with the Node that the project pins.
 * Plain JavaScript without dependencies, for Node 20 and newer, because it runs before anything is installed.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { underLock } from './setup/lock.mjs';
import { madeModels } from './setup/made-models.mjs';
import { mediaAndModels } from './setup/media.mjs';
import { nodePackages } from './setup/node-packages.mjs';
import { checkMachine, checkNode } from './setup/prerequisites.mjs';
import { pythonPackages } from './setup/python-packages.mjs';
import { run } from './setup/run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Each says whether it is fresh, cheaply, and how to become fresh. The two chains need nothing of each other, so they run side by side. */
const chains = [
  [nodePackages(root), madeModels(root)],
  [pythonPackages(root), mediaAndModels(root)],
];
const isReady = () => chains.flat().every((part) => part.isFresh());
const install = async (chain) => {
  for (const part of chain) if (!part.isFresh()) await part.install();
};

try {
  checkMachine();
  checkNode();
  if (!isReady()) {
    await underLock(join(root, '.framewright', 'setup.lock'), async () => {
      // Somebody else may have done it while we waited for the lock.
      await Promise.all(chains.map(install));
    });
  }
} catch (error) {
  console.error(`set-up failed: ${error.message}`);
  process.exit(1);
}

const [program, ...args] = process.argv.slice(2);
if (program === undefined) process.exit(0);
run(root, program === 'framewright' ? join('bin', 'cli.ts') : program, args);
