import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { MAX_WORDS, type SpokenWord } from '#contracts/transcript';
import { Answer, recognizeLine } from './protocol.ts';

export interface Recognizer {
  /** Absolute paths of Python and of worker/serve.py. */
  readonly python: string;
  readonly program: string;
  readonly engine: 'faster-whisper' | 'dry-run';
  /** Folder with the weights; the dry run needs none. */
  readonly weights: string;
}

export interface Bounds {
  /** Until it says that it is ready: reading 75 MB of weights from a cold disk. */
  readonly startSeconds: number;
  /** From then until it is done. */
  readonly workSeconds: number;
  readonly memoryMib: number;
}

export interface Heard {
  readonly recognizer: string;
  readonly language: string;
  readonly words: readonly SpokenWord[];
}

/** Python says why it stopped in its last lines. */
const STDERR_TAIL = 4_096;
/** A line holds at most 100 words of at most 200 letters. */
const LINE_BYTES = 64 * 1024;

/** It may write no file and no core; a limit that this system does not know (macOS) leaves the others. */
const UNDER_LIMITS = 'ulimit -v "$1" 2>/dev/null; ulimit -t "$2" 2>/dev/null; ulimit -f 0 2>/dev/null; ulimit -c 0; shift 2; exec "$@"';

/**
 * Has one sound written down by a process of its own: no network, no credentials, no files but what it may read, bounded in time, memory
 * and output. Throws RangeError with the reason when it refuses the sound or breaks a bound, Error when it cannot be run or is told to stop.
 */
export async function recognize(recognizer: Recognizer, sound: string, bounds: Bounds, interruption: AbortSignal): Promise<Heard> {
  const { python, program, engine, weights } = recognizer;
  interruption.throwIfAborted();
  const cpuSeconds = (bounds.startSeconds + bounds.workSeconds) * 8; // of all its threads together
  const limits = [bounds.memoryMib * 1024, Math.ceil(cpuSeconds)].map(String);
  const child = spawn(
    '/bin/sh',
    // -E -s: Python's own variables and the user's packages stay out; -B: nothing is written beside the sources
    ['-c', UNDER_LIMITS, 'sh', ...limits, python, '-E', '-s', '-B', program, engine, weights],
    { cwd: '/', env: { LC_ALL: 'C.UTF-8' }, stdio: 'pipe' },
  );
  let stderr = '';
  let broken: Error | undefined;
  const stop = (why: Error): void => {
    broken ??= why;
    child.kill('SIGKILL');
  };
  const within = (seconds: number, what: string) =>
    setTimeout(() => stop(new RangeError(`expected ${what} within ${seconds} s, stopped it`)), seconds * 1_000);
  const onInterruption = () => stop(interruption.reason);
  interruption.addEventListener('abort', onInterruption, { once: true });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_TAIL);
  });
  child.stdin.on('error', () => {}); // it ended before it was asked: how it ended says why
  const ended = new Promise<number | string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });

  let timer = within(bounds.startSeconds, 'a recognizer that is ready');
  let name = '';
  const words: SpokenWord[] = [];
  let heard: Heard | undefined;
  let longLine = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    longLine = chunk.includes(0x0a) ? chunk.length - chunk.lastIndexOf(0x0a) : longLine + chunk.length;
    if (longLine > LINE_BYTES) stop(new RangeError(`expected lines of at most ${LINE_BYTES} bytes`));
  });
  const take = (answer: Answer): void => {
    switch (answer.type) {
      case 'ready':
        name = answer.recognizer;
        clearTimeout(timer);
        timer = within(bounds.workSeconds, 'a sound written down');
        child.stdin.write(recognizeLine(sound));
        break;
      case 'words':
        words.push(...answer.words);
        if (words.length > MAX_WORDS) stop(new RangeError(`expected at most ${MAX_WORDS} words, found more`));
        break;
      case 'done':
        heard = { recognizer: name, language: answer.language, words };
        child.stdin.end();
        break;
      case 'refused':
        stop(new RangeError(`the recognizer refused the sound: ${answer.reason}`));
    }
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (broken) return;
    try {
      take(Answer.parse(JSON.parse(line)));
    } catch {
      stop(new RangeError(`expected an answer of the recognizer, found ${line.slice(0, 200)}`));
    }
  });

  try {
    const code = await ended;
    if (broken) throw broken;
    if (heard && code === 0) return heard;
    if (code === 126 || code === 127) throw new Error(`expected Python at ${python}, found none that runs: ${lastLine(stderr)}`);
    throw new RangeError(`the recognizer ended with ${code}: ${lastLine(stderr)}`);
  } finally {
    clearTimeout(timer);
    interruption.removeEventListener('abort', onInterruption);
  }
}

const lastLine = (text: string): string => (text.trim().split('\n').at(-1) ?? '').slice(0, 300);
