import { Component } from '#contracts/component';
import { ExitCode } from '#contracts/errors';
import type { PlanDocument } from '#contracts/plan';
import type { Visit } from '#contracts/stages';
import { contractViolated } from '#domain/errors';
import { readPlan } from '#domain/plan/read-plan';
import type { ArtifactStore } from '#domain/ports';
import { attemptFailed, type Failure } from './attempt-failed.ts';
import { crashPoints } from './crash-points.ts';
import { exitCodeOf } from './exit-code.ts';
import { interruptionOf } from './interruption.ts';
import { jsonLog, type Log } from './log.ts';
import { progressReporter } from './progress-reporter.ts';
import type { Outcome } from './resumable.ts';
import { withScratch } from './scratch.ts';
import { onAws, type WorkerSurroundings } from './surroundings.ts';
import { timeSpent } from './time-spent.ts';
import type { Work } from './work.ts';
import { type WorkerEnvironment, workerEnvironment } from './worker-environment.ts';

export type { Work, WorkContext } from './work.ts';

export interface WorkerRun {
  /** The component's manifest as it lies next to its entry. */
  readonly component: unknown;
  /** Manifests of the components that are loaded inside this worker. */
  readonly hosted?: readonly unknown[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly work: Work;
  readonly surroundings?: (environment: WorkerEnvironment) => WorkerSurroundings;
}

/**
 * Runs one part of a plan and returns the exit code Batch is to see (contracts/errors.ts): 0 when everything is done,
 * Interrupted when the machine was taken away, BadWork when trying again would not help, Failed otherwise.
 */
export async function runWorker({
  component: manifest,
  hosted = [],
  environment: source,
  work,
  surroundings = onAws,
}: WorkerRun): Promise<number> {
  const interruption = interruptionOf(process, () => process.exit(ExitCode.Interrupted));
  let tellFailure: (failure: Failure) => Promise<void> = async () => {}; // until the plan is read, nobody knows whose work it is
  let log: Log = jsonLog((line) => process.stdout.write(line), { batchJobId: source.AWS_BATCH_JOB_ID });
  try {
    const component = Component.parse(manifest);
    const guests = hosted.map((guest) => Component.parse(guest));
    const environment = workerEnvironment(source);
    const around = surroundings(environment);
    const { batchJobId, attempt, part } = environment;
    log = jsonLog(around.write, { component: `${component.id}@${component.version}`, batchJobId, attempt, part });

    const crash = crashPoints(environment.crashAt, attempt, around.die);
    const plan = await crash.around('worker:start', () => planFor(component, environment, around.store));
    const { jobId, tenant, tier, take = 1 } = plan;
    const { stage } = component;
    const visit: Visit = stage === 'prep' ? stage : `${stage}:${tier}`;
    log = jsonLog(around.write, { jobId, tenant, visit, component: `${component.id}@${component.version}`, batchJobId, attempt, part });

    const spent = timeSpent(around.elapsed);
    const { publisher, now } = around;
    const reported = {
      ...{ tenant, jobId, visit, take, part, batchJobId, attempt },
      parts: component.motion ? plan.shots.length : 1,
      component: { id: component.id, version: component.version },
    };
    const lost = (error: unknown): void => log('WARN', 'event lost', { error: String(error) });
    const reporter = progressReporter(reported, { publisher, now, worth: () => spent.worth(), lost });
    tellFailure = (failure) => publisher.publish([attemptFailed(reported, failure, now())]).catch(lost);
    const report = (percent: number): void => reporter.report(percent);
    const { store } = around;
    const outcome: Outcome = await withScratch(batchJobId, part, (scratch) =>
      work({
        ...{ component, plan, part, environment, store, crash, scratch, log, report, spent },
        interruption: interruption.signal,
        loadBundle: () => around.loadBundle([component, ...guests]),
      }),
    ).finally(() => reporter.flush()); // an attempt that fails has committed windows, too
    log('INFO', `worker ${outcome}`);
    return outcome === 'finished' ? 0 : ExitCode.Interrupted;
  } catch (error) {
    const exitCode = exitCodeOf(error);
    const { name, message, stack } = error instanceof Error ? error : { name: 'Error', message: String(error), stack: undefined };
    log('ERROR', 'worker failed', { error: name, cause: message, stack, exitCode });
    await tellFailure({ error: name, cause: message, exitCode });
    return exitCode;
  } finally {
    interruption.dispose();
  }
}

/** The plan this attempt was started for, made for the component that runs here. */
async function planFor(component: Component, environment: WorkerEnvironment, store: ArtifactStore): Promise<PlanDocument> {
  const plan = await readPlan(store, environment.plan);
  const planned = `${plan.component.id}@${plan.component.version}`;
  const here = `${component.id}@${component.version}`;
  if (component.motion && planned !== here)
    throw contractViolated(environment.plan.key, `expected a plan for ${here}, which runs here, found one for ${planned}`);
  return plan;
}
