import { CommanderError } from 'commander';
import { openContext, type Run } from './context.ts';
import { EXIT, Failure } from './failure.ts';
import { buildProgram } from './program.ts';
import { voice } from './voice.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the command line and sets the exit code: 0 done, 1 failed, 2 not understood, 130 interrupted. */
export async function main(argv: readonly string[]): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (name: NodeJS.Signals): void => {
    if (interruption.signal.aborted) return;
    process.stderr.write(`\n${name}: stopping what was started\n`);
    interruption.abort(new Failure('Interrupted', `interrupted by ${name}`, { exitCode: EXIT.interrupted }));
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  // A terminal that was closed, or a reader such as `head` that has enough, must not end us before what was started is stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  const run: Run = async (flags, action) => {
    const context = openContext(flags, interruption.signal);
    try {
      await action(context);
    } catch (error) {
      const reason: unknown = interruption.signal.aborted ? interruption.signal.reason : error;
      context.voice.fail(reason);
      process.exitCode = reason instanceof Failure ? reason.exitCode : EXIT.failed;
    }
  };
  try {
    await buildProgram(run).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help is asked for, or shown because a command is missing; commander has printed everything already.
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    if (argv.includes('--json') && error.exitCode !== 0)
      voice(true, process.stdout, { write: () => true }).fail(
        new Failure('Usage', error.message.replace(/^error: /, ''), { exitCode: EXIT.usage }),
      );
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}
