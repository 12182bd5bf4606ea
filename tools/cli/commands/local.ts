import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { LocalStatusResult } from '#contracts/cli';
import { down, logPaths, type RunningDaemon, reset, status } from '../../local/daemon.ts';
import { deployedOutputs } from '../../local/deploy.ts';
import { bringUp } from '../bring-up.ts';
import { type CommonFlags, type Run, withJson } from '../context.ts';
import { Failure } from '../failure.ts';
import { count } from './jobs.ts';

const DOWN: LocalStatusResult = { running: false, endpoint: null, batchEndpoint: null, startedAt: null, deployed: false };

async function describe(daemon: RunningDaemon | undefined): Promise<LocalStatusResult> {
  if (!daemon) return DOWN;
  const outputs = await deployedOutputs(daemon.endpoint).catch(() => ({}));
  const { endpoint, batchEndpoint, startedAt } = daemon;
  return { running: true, endpoint, batchEndpoint, startedAt, deployed: Object.keys(outputs).includes('Framewright-Pipeline') };
}

const lines = ({ running, endpoint, startedAt, deployed }: LocalStatusResult): string[] =>
  running
    ? [`local AWS up at ${endpoint} since ${startedAt}${deployed ? ', Framewright deployed' : ', nothing deployed'}`]
    : ['local AWS down; start it with: npm run local -- up'];

export function localCommand(program: Command, run: Run): void {
  const local = program.command('local').description('a local AWS on this machine, with Framewright deployed on it');

  withJson(local.command('up'))
    .description('start it and deploy what changed; harmless when it is up')
    .option('--port <port>', 'port of the AWS endpoint, any free one when left out', count)
    .option('--batch-port <port>', 'port of the Batch endpoint, any free one when left out', count)
    .action((flags: CommonFlags & { port?: number; batchPort?: number }) =>
      run(flags, async ({ root, voice, signal }) => {
        const { port, batchPort } = flags;
        const steps = { step: (name: string) => voice.say(name), detail: (line: string) => voice.say(`  ${line}`) };
        const { daemon } = await bringUp(root, steps, signal, { ...(port && { port }), ...(batchPort && { batchPort }) });
        const result = await describe(daemon);
        voice.result(LocalStatusResult, result, lines(result));
      }),
    );

  withJson(local.command('down'))
    .description('stop it and everything it runs; its jobs and objects are gone')
    .option('--forget', 'also delete its logs and what it stored')
    .action((flags: CommonFlags & { forget?: boolean }) =>
      run(flags, async ({ root, voice }) => {
        const wasUp = await down(root);
        if (flags.forget) await reset(root);
        voice.result(LocalStatusResult, DOWN, [wasUp ? 'local AWS stopped' : 'local AWS was not up']);
      }),
    );

  withJson(local.command('status'))
    .description('whether it is up, where, and since when')
    .action((flags: CommonFlags) =>
      run(flags, async ({ root, voice }) => {
        const result = await describe(status(root));
        voice.result(LocalStatusResult, result, lines(result));
      }),
    );

  withJson(local.command('logs'))
    .description('what it wrote down')
    .addOption(new Option('--of <part>', 'which log').choices(['aws', 'batch', 'daemon']).default('aws'))
    .option('--lines <count>', 'how many lines from the end', count, 100)
    .option('--follow', 'go on until Ctrl-C')
    .action((flags: CommonFlags & { of: 'aws' | 'batch' | 'daemon'; lines: number; follow?: boolean }) =>
      run(flags, async ({ root, voice, signal }) => {
        const paths = logPaths(root);
        const path = paths[flags.of];
        if (!existsSync(path))
          throw new Failure('NoLog', `expected a log at ${path}, found none`, { hint: 'npm run local -- up starts the local AWS' });
        const text = await readFile(path, 'utf8');
        voice.say(...text.trimEnd().split('\n').slice(-flags.lines));
        if (flags.follow) await follow(path, Buffer.byteLength(text), (chunk) => voice.draw(chunk), signal);
        voice.result(LocalStatusResult, await describe(status(root)), [`(${path}; logs of jobs are in ${paths.jobs})`]);
      }),
    );
}

/** Half a second is soon enough for a person. */
const LOOK_EVERY_MS = 500;

async function follow(path: string, from: number, show: (chunk: string) => void, signal: AbortSignal): Promise<void> {
  const file = await open(path);
  let position = from;
  try {
    while (!signal.aborted) {
      const { bytesRead, buffer } = await file.read({ position, buffer: Buffer.alloc(64 * 1024) });
      position += bytesRead;
      if (bytesRead > 0) show(buffer.toString('utf8', 0, bytesRead));
      else await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
  } finally {
    await file.close();
  }
}
