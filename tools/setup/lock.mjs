/** Two commands that start at the same time must not install over each other. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LOOK_AGAIN_MS = 200;
/** Between making the folder and writing its owner a process needs microseconds; ten seconds mean that it died there. */
const OWNERLESS_MS = 10_000;

/** Runs the work while holding the lock directory; takes it over when the process that made it is gone. */
export async function underLock(directory, work) {
  mkdirSync(dirname(directory), { recursive: true });
  let hasSaid = false;
  while (!tryMake(directory)) {
    if (isAbandoned(directory)) {
      rmSync(directory, { recursive: true, force: true });
      continue;
    }
    if (!hasSaid) console.error('another command is installing; waiting for it');
    hasSaid = true;
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  }
  const release = () => rmSync(directory, { recursive: true, force: true });
  const onSignal = () => {
    release();
    process.exit(130);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await work();
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    release();
  }
}

function tryMake(directory) {
  try {
    mkdirSync(directory);
    writeFileSync(join(directory, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(directory) {
  try {
    const pid = Number(readFileSync(join(directory, 'pid'), 'utf8'));
    if (pid > 0) return !isAlive(pid);
  } catch {
    // No owner written yet, or the lock was released this moment: its age decides.
  }
  try {
    return Date.now() - statSync(directory).mtimeMs > OWNERLESS_MS;
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
