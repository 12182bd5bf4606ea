import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Enough of the end of a failed command to see the reason. */
const LINES_KEPT = 40;

interface Circumstances {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a command, hands every line it prints to the caller, and rejects with the last lines when it fails. It ends with us or with the signal. */
export function runLines(command: string, args: readonly string[], { cwd, env, onLine, signal }: Circumstances): Promise<void> {
  return new Promise((resolve, reject) => {
    // Its own process group, because the CDK starts the app as a process of its own that must end as well.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const kill = () => killGroup(child.pid);
    process.once('exit', kill);
    signal?.addEventListener('abort', kill, { once: true });
    if (signal?.aborted) kill();
    const kept: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (line.trim() === '') return;
        kept.push(line);
        if (kept.length > LINES_KEPT) kept.shift();
        onLine(line);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      process.off('exit', kill);
      signal?.removeEventListener('abort', kill);
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve();
      else reject(new Error(`"${[command.split('/').at(-1), ...args].join(' ')}" ended with ${code}; it said last:\n${kept.join('\n')}`));
    });
  });
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
