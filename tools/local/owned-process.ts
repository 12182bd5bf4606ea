import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

export interface OwnedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logPath: string;
  /** What it prints on standard output, line by line, when `readsOutput` was asked for. */
  readonly firstLine: Promise<string>;
  /** Settles when the process is gone; never rejects. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  /** SIGTERM, then SIGKILL when it is still there after the grace. True when it ended in order. */
  stop(): Promise<boolean>;
}

/** A server that saves its state takes under two seconds for a full demo; it gets ten. */
const STOP_GRACE_MS = 10_000;

/**
 * Starts a server that lives no longer than we do: it watches its standard input, of which we hold the other end, so it ends
 * even when we are killed. What it writes goes to a log file; its first line of output may carry a message for us.
 */
export function startOwned(
  name: string,
  command: string,
  args: readonly string[],
  { cwd, env, logPath, readsOutput }: { cwd: string; env: NodeJS.ProcessEnv; logPath: string; readsOutput: boolean },
): OwnedProcess {
  const log = openSync(logPath, 'w');
  // Its own process group: a Ctrl-C in the terminal is for us, and we stop the servers in the right order.
  const child = spawn(command, args, { cwd, env, stdio: ['pipe', readsOutput ? 'pipe' : log, log], detached: true });
  closeSync(log);
  child.stdin?.on('error', () => {});
  child.unref();
  let gone = false;
  const ended = new Promise<string>((resolve) => {
    const end = (reason: string) => {
      gone = true;
      endGroup(child.pid);
      resolve(reason);
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  return {
    name,
    pid: child.pid ?? 0,
    logPath,
    firstLine: readsOutput ? firstLineOf(child) : Promise.resolve(''),
    ended,
    hasEnded: () => gone,
    async stop() {
      if (gone) return false;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      const how = await ended;
      clearTimeout(force);
      return how === 'exit code 0';
    },
  };
}

/** What a server left behind in its group, such as a Lambda worker that has not noticed yet, ends with it. */
function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing was left.
  }
}

function firstLineOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.on('exit', () => resolve(''));
  });
}

/** The end of a log, for an error message. */
export function tailOf(logPath: string, lines = 15): string {
  try {
    return readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '(no log was written)';
  }
}
