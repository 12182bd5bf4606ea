import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname } from 'node:path';
import type { Reaper } from './reaper.ts';

export interface AttemptPlan {
  /** The Node that runs the program; containers and laptop use the same major version. */
  readonly node: string;
  readonly program: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Fresh for every attempt, like the file system of a container, and removed afterwards. */
  readonly scratchDirectory: string;
  readonly logPath: string;
  readonly onEnd: (exitCode: number) => void;
}

export interface AttemptProcess {
  /** SIGTERM to the whole group now, SIGKILL after the grace in seconds. */
  stop(graceSeconds: number): void;
}

/** Runs one attempt as the leader of its own process group, so that everything it starts ends with it. */
export function startAttempt(plan: AttemptPlan, reaper: Reaper): AttemptProcess {
  mkdirSync(plan.scratchDirectory, { recursive: true });
  mkdirSync(dirname(plan.logPath), { recursive: true });
  const log = createWriteStream(plan.logPath, { flags: 'a' });
  const child = spawn(plan.node, ['--enable-source-maps', plan.program, ...plan.command], {
    cwd: plan.scratchDirectory,
    env: { ...plan.environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const group = child.pid;
  if (group !== undefined) reaper.watch(group);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });

  let forced: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const end = (exitCode: number) => {
    if (hasEnded) return;
    hasEnded = true;
    clearTimeout(forced);
    if (group !== undefined) {
      // What the program left behind in its group is gone with a container as well.
      signalGroup(group, 'SIGKILL');
      reaper.release(group);
    }
    log.end();
    rmSync(plan.scratchDirectory, { recursive: true, force: true });
    plan.onEnd(exitCode);
  };
  child.on('error', (error) => {
    log.write(`could not start ${plan.node} ${plan.program}: ${error.message}\n`);
    end(127);
  });
  child.on('exit', (code, signal) => {
    // A container reports a signal as 128 plus its number.
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    setImmediate(() => end(exitCode));
  });

  return {
    stop(graceSeconds) {
      if (group === undefined || hasEnded) return;
      signalGroup(group, 'SIGTERM');
      forced ??= setTimeout(() => signalGroup(group, 'SIGKILL'), graceSeconds * 1000);
    },
  };
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // The group has already ended: that is what was wanted.
  }
}
