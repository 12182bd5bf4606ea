import { spawn } from 'node:child_process';
import { lineReader } from './line-reader.ts';
import { openRequests, type Result } from './open-requests.ts';
import { Refused, WorkerLost } from './worker-errors.ts';
import { type Progress, type Request, Said } from './worker-protocol.ts';

export interface PythonProgram {
  /** The interpreter. */
  readonly command: string;
  /** `-m worker --engine ...`. */
  readonly arguments: readonly string[];
  /** Where the `worker` package lies. */
  readonly folder: string;
  /** All the environment it gets: it needs no credentials of ours, so it has none. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Patience {
  /** From the start to the first line: Python imports torch and diffusers. */
  readonly readyMs: number;
  /** It says a beat a second; this long without a line and Python itself is stuck. */
  readonly silenceMs: number;
  /** Between two pieces of progress of one request. */
  readonly stallMs: number;
}

export interface PythonWorker {
  readonly pid: number;
  /** Resolves with why, once the process is gone; never rejects. */
  readonly gone: Promise<WorkerLost>;
  /** Rejects with Refused (it said no) or WorkerLost (it is gone, or was ended for being stuck). */
  ask(request: Request, heard?: (progress: Progress) => void, limitMs?: number): Promise<Result>;
  /** Ends the process and all that it started. */
  kill(why: string): void;
  /** Asks it to end, and ends it when it does not. */
  stop(graceMs: number): Promise<void>;
}

/** The last words of a process name the cause; the rest of what it says there is noise. */
const STDERR_KEPT = 4_000;

/** Starts the process in a group of its own: a signal to our group leaves it alive long enough to give its state. */
export async function startPythonWorker(program: PythonProgram, patience: Patience): Promise<PythonWorker> {
  const child = spawn(program.command, program.arguments, {
    cwd: program.folder,
    env: program.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const requests = openRequests();
  const ready = Promise.withResolvers<number>();
  const gone = Promise.withResolvers<WorkerLost>();
  let lost: WorkerLost | undefined;
  let cause: string | undefined;
  let lastWords = '';
  let asked = 0;

  const kill = (why: string): void => {
    cause ??= why;
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it ended between the two lines above
    }
  };
  const quiet = (limitMs: number): NodeJS.Timeout => setTimeout(() => kill(`expected a line within ${limitMs} ms, found none`), limitMs);
  let silence = quiet(patience.readyMs);

  const lose = (found: string): void => {
    clearTimeout(silence);
    const said = lastWords.trim() === '' ? '' : `; its last words: ${lastWords.trim()}`;
    lost ??= new WorkerLost(`${program.command} ${program.arguments.join(' ')}: ${cause ?? found}${said}`);
    requests.loseAll(lost);
    ready.reject(lost);
    gone.resolve(lost);
  };

  const hear = (line: string): void => {
    const parsed = Said.safeParse(json(line));
    if (parsed.success) {
      silence.refresh();
      listen(parsed.data);
    } else kill(`expected a line of the protocol, found ${line.slice(0, 80)}`);
  };
  const listen = (said: Said): void => {
    if (said.is === 'progress') requests.progress(said);
    else if (said.is === 'done') requests.done(said);
    else if (said.is === 'error' && said.id === null) kill(`it could not read what it was told: ${said.says}`);
    else if (said.is === 'error' && said.id !== null) requests.refuse(said.id, new Refused(said.kind, said.says));
    else if (said.is === 'ready') {
      clearTimeout(silence);
      silence = quiet(patience.silenceMs);
      ready.resolve(said.pid);
    }
  };

  const endless = (start: string): void => kill(`expected lines of the protocol, found one without an end: ${start}`);
  child.stdout.setEncoding('utf8').on('data', lineReader(hear, endless));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-STDERR_KEPT);
  });
  child.stdin.on('error', () => {}); // a closed pipe is told by the exit
  child.on('error', (error) => lose(`expected it to start, found ${error.message}`));
  child.on('close', (code, signal) => lose(`it ended with ${code === null ? signal : `exit code ${code}`}`));

  const pid = await ready.promise;
  return {
    pid,
    gone: gone.promise,
    kill,
    async ask(request, heard = () => {}, limitMs = patience.stallMs) {
      if (lost) throw lost;
      const id = asked++;
      const late = (): void => kill(`expected progress of ${request.do} within ${limitMs} ms, found none`);
      const answer = requests.open(id, limitMs, heard, late);
      child.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
      return answer;
    },
    async stop(graceMs) {
      cause ??= 'it was told to end';
      const timer = setTimeout(() => kill('it did not end when told to'), graceMs);
      child.stdin.end(`${JSON.stringify({ id: asked++, do: 'stop' })}\n`);
      await gone.promise;
      clearTimeout(timer);
    },
  };
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
