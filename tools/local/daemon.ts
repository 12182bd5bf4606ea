/**
 * The local AWS as a background process for the command line: `up`, `down`, `status`, `logPaths`. All of them can be called at any
 * time and any number of times; a process that was killed or a machine that was restarted leaves nothing that needs cleaning by hand.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJson } from './fingerprint.ts';
import { type LocalAws, localEnvironment } from './local-aws.ts';
import { tailOf } from './owned-process.ts';
import { localPaths } from './paths.ts';
import { isSameProcess, type ProcessIdentity } from './process-identity.ts';

/** What the daemon writes when it is ready. */
export interface DaemonState {
  readonly daemon: ProcessIdentity;
  readonly endpoint: string;
  readonly batchEndpoint: string;
  readonly pids: LocalAws['pids'];
  readonly logs: LocalAws['logs'];
  readonly startedAt: string;
}

export interface RunningDaemon extends DaemonState {
  readonly environment: Readonly<Record<string, string>>;
  readonly stateDirectory: string;
}

const START_TIMEOUT_MS = 90_000;
/** Ten seconds for each of the two servers to save its state, and some for the daemon. */
const STOP_TIMEOUT_MS = 25_000;
const LOOK_AGAIN_MS = 50;

export const stateFile = (root: string): string => join(localPaths(root).daemonState, 'state.json');

export const logPaths = (root: string): { daemon: string; aws: string; batch: string; jobs: string } => {
  const folder = localPaths(root).daemonState;
  return {
    daemon: join(folder, 'daemon.log'),
    aws: join(folder, 'aws.log'),
    batch: join(folder, 'batch.log'),
    jobs: join(folder, 'batch-logs'),
  };
};

/** The daemon that runs now, or nothing; a state file without its process is as good as none. */
export function status(root: string): RunningDaemon | undefined {
  const state = readJson<DaemonState>(stateFile(root));
  if (!state || !isSameProcess(state.daemon)) return undefined;
  return { ...state, environment: localEnvironment(state.endpoint), stateDirectory: localPaths(root).daemonState };
}

export interface UpOptions {
  readonly port?: number | undefined;
  readonly batchPort?: number | undefined;
  /** Whether it comes back with what it knew before `down`; true unless said otherwise. A crash forgets everything. */
  readonly persist?: boolean | undefined;
}

/** Starts the local AWS in the background unless it runs already, and answers when it can be used. */
export async function up(root: string, options: UpOptions = {}): Promise<RunningDaemon> {
  const running = status(root);
  if (running) return running;
  const { daemon: logPath } = logPaths(root);
  mkdirSync(localPaths(root).daemonState, { recursive: true });
  rmSync(stateFile(root), { force: true });
  const log = openSync(logPath, 'w');
  const main = fileURLToPath(new URL('./daemon-main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, root, JSON.stringify(options)], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  let hasExited = false;
  void exited.then(() => {
    hasExited = true;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const started = status(root);
    if (started) return started;
    if (hasExited) throw new Error(`the local AWS did not start; the end of ${logPath}:\n${tailOf(logPath)}`);
    await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  }
  child.kill('SIGTERM');
  throw new Error(`the local AWS was not ready within ${START_TIMEOUT_MS / 1000} s; the end of ${logPath}:\n${tailOf(logPath)}`);
}

/** Stops the background process and everything it started. True when there was something to stop. */
export async function down(root: string): Promise<boolean> {
  const running = status(root);
  if (!running) {
    rmSync(stateFile(root), { force: true });
    return false;
  }
  process.kill(running.daemon.pid, 'SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isSameProcess(running.daemon) && Date.now() < deadline) await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
  // Its servers hold the other ends of its pipes, so they end with it even when it has to be killed.
  if (isSameProcess(running.daemon)) process.kill(running.daemon.pid, 'SIGKILL');
  rmSync(stateFile(root), { force: true });
  return true;
}

/** Forgets everything that earlier runs stored: objects, tables, stacks, jobs, logs. Only while nothing runs. */
export async function reset(root: string): Promise<void> {
  await down(root);
  rmSync(localPaths(root).daemonState, { recursive: true, force: true });
}

export function writeState(root: string, state: DaemonState): void {
  writeFileSync(stateFile(root), JSON.stringify(state, null, 2));
}
