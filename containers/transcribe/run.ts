import { join } from 'node:path';
import { Component, refText } from '#contracts/component';
import { requireEnvironment } from '#contracts/environment';
import { ExitCode } from '#contracts/errors';
import { TranscribeRequest } from '#contracts/transcript';
import type { ArtifactStore } from '#domain/ports';
import { exitCodeOf } from '../harness/exit-code.ts';
import { interruptionOf } from '../harness/interruption.ts';
import { jsonLog, type Log } from '../harness/log.ts';
import { withScratch } from '../harness/scratch.ts';
import type { loadBundle } from '../harness/weights.ts';
import type { Recognizer } from './recognize.ts';
import { transcribe } from './transcribe-work.ts';

export interface Run {
  readonly component: unknown;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly engine: Recognizer['engine'];
  readonly openStore: (bucket: string) => ArtifactStore;
  readonly loadBundle: typeof loadBundle;
  readonly write: (line: string) => void;
}

/** One attempt of the Batch job. Returns the exit code Batch is to see; there is no plan yet, so the harness of renders does not fit. */
export async function run({ component: manifest, environment, engine, openStore, loadBundle, write }: Run): Promise<number> {
  const interruption = interruptionOf(process, () => process.exit(ExitCode.Interrupted));
  let log: Log = jsonLog(write, { batchJobId: environment.AWS_BATCH_JOB_ID });
  try {
    const component = Component.parse(manifest);
    const told = requireEnvironment(environment, [
      'FRAMEWRIGHT_ARTIFACTS_BUCKET',
      'FRAMEWRIGHT_TRANSCRIBE',
      'FRAMEWRIGHT_TRANSCRIBE_PYTHON',
      'AWS_BATCH_JOB_ID',
    ]);
    const request = TranscribeRequest.parse(JSON.parse(told.FRAMEWRIGHT_TRANSCRIBE));
    const { jobId, tenant } = request;
    log = jsonLog(write, { jobId, tenant, visit: 'prep', component: refText(component), batchJobId: told.AWS_BATCH_JOB_ID });
    const store = openStore(told.FRAMEWRIGHT_ARTIFACTS_BUCKET);
    const outcome = await withScratch(told.AWS_BATCH_JOB_ID, 0, (scratch) =>
      transcribe({
        ...{ component, request, scratch, log, store },
        loadBundle: () =>
          loadBundle([component], { places: environment.FRAMEWRIGHT_WEIGHTS, cache: environment.FRAMEWRIGHT_WEIGHTS_FOLDER, store }),
        recognizer: { engine, python: told.FRAMEWRIGHT_TRANSCRIBE_PYTHON, program: join(import.meta.dirname, 'worker/serve.py') },
        interruption: interruption.signal,
      }),
    );
    log('INFO', `worker ${outcome}`);
    return outcome === 'finished' ? 0 : ExitCode.Interrupted;
  } catch (error) {
    const exitCode = interruption.signal.aborted ? ExitCode.Interrupted : exitCodeOf(error);
    const { name, message, stack } = error instanceof Error ? error : { name: 'Error', message: String(error), stack: undefined };
    log('ERROR', 'worker failed', { error: name, cause: message, stack, exitCode });
    return exitCode;
  } finally {
    interruption.dispose();
  }
}
