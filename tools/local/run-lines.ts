import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Enough of the end of a failed command to see the reason. */
const LINES_KEPT = 40;

/** Runs a command, hands every line it prints to the caller, and rejects with the last lines when it fails. */
export function runLines(
  command: string,
  args: readonly string[],
  { cwd, env, onLine, signal }: { cwd: string; env: NodeJS.ProcessEnv; onLine: (line: string) => void; signal?: AbortSignal | undefined },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
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
      if (code === 0) resolve();
      else reject(new Error(`"${[command.split('/').at(-1), ...args].join(' ')}" ended with ${code}; it said last:\n${kept.join('\n')}`));
    });
  });
}
