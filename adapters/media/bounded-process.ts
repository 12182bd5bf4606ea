import { spawn } from 'node:child_process';

export interface Bounds {
  /** Wall seconds until the process is killed. */
  readonly seconds: number;
  /** Bytes kept from stdout; more ends the process. */
  readonly stdoutBytes: number;
  /** Address space in MiB and largest file in MiB, where the shell can set them (Linux). */
  readonly memoryMib: number;
  readonly fileMib: number;
}

export interface Finished {
  readonly stdout: string;
  readonly stderr: string;
}

/** The last part of stderr is where ffmpeg says why it stopped and what it measured. */
const STDERR_TAIL = 8_192;

/** Sets the limits that the system knows and becomes the program. A limit that cannot be set here (macOS) leaves the others. */
const UNDER_LIMITS = 'ulimit -v "$1" 2>/dev/null; ulimit -f "$2" 2>/dev/null; ulimit -t "$3" 2>/dev/null; ulimit -c 0; shift 3; exec "$@"';

/**
 * Runs a decoder on a file that may be hostile: empty environment, no stdin, its own folder, bounded in time, memory and output.
 * Throws RangeError when the program refuses the file or breaks a bound, Error when the program itself cannot be run.
 */
export function runBounded(program: string, args: readonly string[], folder: string, bounds: Bounds): Promise<Finished> {
  const limits = [bounds.memoryMib * 1024, bounds.fileMib * 2048, Math.ceil(bounds.seconds)].map(String); // KiB, 512-byte blocks, s
  const child = spawn('/bin/sh', ['-c', UNDER_LIMITS, 'sh', ...limits, program, ...args], {
    cwd: folder,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  let outBytes = 0;
  let stderr = '';
  let broken: string | undefined;
  const stop = (why: string) => {
    broken ??= why;
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => stop(`more than ${bounds.seconds} s of work`), bounds.seconds * 1_000);
  child.stdout.on('data', (chunk: Buffer) => {
    outBytes += chunk.length;
    if (outBytes > bounds.stdoutBytes) stop(`more than ${bounds.stdoutBytes} bytes of answer`);
    else out.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0 && !broken) return resolve({ stdout: Buffer.concat(out).toString('utf8'), stderr });
      if (code === 126 || code === 127)
        return reject(new Error(`expected a program at ${program}, found none that runs: ${stderr.trim()}`));
      reject(new RangeError(broken ?? `a file it cannot read (${signal ?? `exit code ${code}`}): ${lastLine(stderr)}`));
    });
  });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
