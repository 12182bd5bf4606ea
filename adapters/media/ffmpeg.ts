import { PassThrough, type Readable } from 'node:stream';
import fluent from 'fluent-ffmpeg';

/** One input: a file, or the one stream a command may read. `options` say its format: nothing is ever guessed from its bytes. */
export interface MediaInput {
  readonly source: string | Readable;
  readonly options: readonly string[];
}

export interface MediaCommand {
  /** What the command is for; errors begin with it. */
  readonly purpose: string;
  readonly inputs: readonly MediaInput[];
  /** Everything between the inputs and the target: graph, maps, codecs, format. */
  readonly output: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** One command that writes several files. A start of ffmpeg costs 20 to 40 ms of CPU, half of it in the process that forks. */
export interface MediaCommands extends Omit<MediaCommand, 'output'> {
  readonly outputs: readonly { readonly options: readonly string[]; readonly target: string }[];
}

export interface Ffmpeg {
  /** Runs to the end, writing the file `target`. Throws with the last lines ffmpeg said, or the signal's reason. */
  run(command: MediaCommand, target: string): Promise<void>;
  /** The same for several files at once. */
  runAll(commands: MediaCommands): Promise<void>;
  /** Starts and hands over what ffmpeg writes; the stream ends in an error when ffmpeg does. Destroying it kills ffmpeg. */
  read(command: MediaCommand): Readable;
}

/** Pipes and files only: a playlist or a crafted header must not make ffmpeg open an address. */
const LOCAL_ONLY = ['-protocol_whitelist', 'file,pipe'];
const QUIET = ['-nostdin', '-hide_banner', '-loglevel', 'error'];
/** Enough for the error and what led to it. */
const LINES_KEPT = 12;

/**
 * ffmpeg behind the fluent-ffmpeg package, which is archived (last release 2.1.3) but asked for by name, so it stays in this
 * one file. It builds the argument list, spawns, pipes one input stream and one output stream, and keeps the last lines of
 * stderr. Two of its habits are worked around: it asks the binary for its formats and encoders once per process (about
 * 0.1 s), and it kills a command 20 ms after its output stream closed, so readers here get a stream of their own.
 */
export function openFfmpeg({ ffmpeg }: { ffmpeg: string }): Ffmpeg {
  const build = (inputs: readonly MediaInput[], outputs: readonly Output[]) => {
    const command = fluent({ stdoutLines: LINES_KEPT }).setFfmpegPath(ffmpeg);
    for (const { source, options } of inputs) command.input(source).inputOptions([...LOCAL_ONLY, ...options]);
    // One output of fluent-ffmpeg's, which makes forty closures for each; the others are written out. As arguments of their own, options
    // are never split at a space.
    const last = outputs.length - 1;
    const written = outputs.flatMap(({ target, options }, index) => [...options, ...(index < last ? [String(target)] : [])]);
    return command.output(outputs[last]?.target ?? '').outputOptions(...QUIET, ...written);
  };

  const start = (media: Omit<MediaCommand, 'output'>, outputs: readonly Output[], settled: (error?: Error) => void) => {
    const command = build(media.inputs, outputs);
    let killed = false;
    let running = false;
    const kill = (): void => {
      killed = true;
      if (running) command.kill('SIGKILL');
    };
    const finish = (error?: Error): void => {
      media.signal?.removeEventListener('abort', kill);
      settled(error);
    };
    command
      .on('start', () => {
        running = true;
        if (killed) command.kill('SIGKILL');
      })
      .on('end', () => finish())
      .on('error', (error: Error, _stdout: unknown, stderr: unknown) => {
        // When an input stream fails, fluent-ffmpeg sends SIGTERM; an ffmpeg that got none of its first frames turns in circles and hears none.
        kill();
        finish(media.signal?.aborted ? asError(media.signal.reason) : described(media.purpose, error, stderr));
      });
    if (media.signal?.aborted) {
      finish(asError(media.signal.reason));
      return kill;
    }
    media.signal?.addEventListener('abort', kill, { once: true });
    command.run();
    return kill;
  };

  return {
    run: (media, target) => finished((settled) => start(media, [{ target, options: media.output }], settled)),
    runAll: (media) => finished((settled) => start(media, media.outputs, settled)),
    read: (media) => {
      // fluent-ffmpeg watches `raw` for its close; `own` is what the reader holds and may close at any time.
      const raw = new PassThrough({ highWaterMark: 1 << 20, emitClose: false, autoDestroy: false });
      const own = new PassThrough({ highWaterMark: 1 << 20 });
      raw.pipe(own, { end: false });
      const kill = start(media, [{ target: raw, options: media.output }], (error) => {
        if (error) own.destroy(error);
        else if (raw.readableEnded) own.end();
        else raw.once('end', () => own.end());
      });
      own.once('close', () => {
        raw.resume();
        kill();
      });
      return own;
    },
  };
}

interface Output {
  readonly target: string | PassThrough;
  readonly options: readonly string[];
}

const finished = (start: (settled: (error?: Error) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

function described(purpose: string, error: Error, stderr: unknown): Error {
  const said = typeof stderr === 'string' ? stderr.trim().split('\n').slice(-LINES_KEPT).join('\n') : '';
  return new Error(`${purpose}: expected ffmpeg to finish, found: ${error.message}${said ? `\n${said}` : ''}`, { cause: error });
}
