import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { Component } from '#contracts/component';
import { ExitCode } from '#contracts/errors';
import type { PlanDocument } from '#contracts/plan';
import { contractViolated } from '#domain/errors';
import { readPlan } from '#domain/plan/read-plan';
import type { ArtifactStore, EventPublisher, Now } from '#domain/ports';
import { type CrashPoints, crashPoints, killOurselves } from './crash-points.ts';
import { exitCodeOf } from './exit-code.ts';
import { interruptionOf } from './interruption.ts';
import { jsonLog, type Log } from './log.ts';
import { progressReporter } from './progress-reporter.ts';
import type { Outcome } from './resumable.ts';
import { type WorkerEnvironment, workerEnvironment } from './worker-environment.ts';

/** All that a component's work may touch. */
export interface WorkContext {
  readonly component: Component;
  readonly plan: PlanDocument;
  /** The part of the plan this process works on: a shot for components that make motion, 0 otherwise. */
  readonly part: number;
  readonly environment: WorkerEnvironment;
  readonly store: ArtifactStore;
  readonly crash: CrashPoints;
  /** Aborts when the machine is being taken away. */
  readonly interruption: AbortSignal;
  /** An empty folder of this attempt's own; gone afterwards. */
  readonly scratch: string;
  /** Percent of this part, 0..100. */
  readonly report: (percent: number) => void;
  readonly log: Log;
}
export type Work = (context: WorkContext) => Promise<Outcome>;

/** What the harness needs from outside; a test passes its own. */
export interface WorkerSurroundings {
  readonly store: ArtifactStore;
  readonly publisher: EventPublisher;
  readonly now: Now;
  readonly die: () => Promise<never>;
  readonly write: (line: string) => void;
}

export interface WorkerRun {
  /** The component's manifest as it lies next to its entry. */
  readonly component: unknown;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly work: Work;
  readonly surroundings?: (environment: WorkerEnvironment) => WorkerSurroundings;
}

const onAws = (environment: WorkerEnvironment): WorkerSurroundings => ({
  store: openArtifactStore({ bucket: environment.bucket }),
  publisher: openEventPublisher({ busName: environment.bus }),
  now: () => new Date(),
  die: killOurselves,
  write: (line) => process.stdout.write(line),
});

/**
 * Runs one part of a plan and returns the exit code Batch is to see (contracts/errors.ts): 0 when everything is done,
 * Interrupted when the machine was taken away, BadWork when trying again would not help, Failed otherwise.
 */
export async function runWorker({ component: manifest, environment: source, work, surroundings = onAws }: WorkerRun): Promise<number> {
  let log = jsonLog((line) => process.stdout.write(line), {});
  const interruption = interruptionOf(process, () => process.exit(ExitCode.Interrupted));
  let scratch: string | undefined;
  try {
    const component = Component.parse(manifest);
    const environment = workerEnvironment(source);
    const { store, publisher, now, die, write } = surroundings(environment);
    const crash = crashPoints(environment.crashAt, environment.attempt, die);
    const { batchJobId, attempt, part } = environment;

    const plan = await crash.around('worker:start', () => planFor(component, environment, store));
    const visit = `${component.stage}:${plan.tier}` as const;
    log = jsonLog(write, {
      jobId: plan.jobId,
      tenant: plan.tenant,
      visit,
      component: `${component.id}@${component.version}`,
      batchJobId,
      attempt,
      part,
    });
    const reporter = progressReporter(
      {
        tenant: plan.tenant,
        jobId: plan.jobId,
        visit,
        part,
        parts: component.motion ? plan.shots.length : 1,
        component: { id: component.id, version: component.version },
        attempt: `${batchJobId}:${attempt}`,
      },
      publisher,
      now,
      (error) => log('WARN', 'progress event lost', { error: String(error) }),
    );

    scratch = join(tmpdir(), `framewright-${batchJobId.replace(/[^A-Za-z0-9-]/g, '-')}-${part}`);
    await rm(scratch, { recursive: true, force: true }); // what an attempt that was killed here left behind
    await mkdir(scratch, { recursive: true });
    const outcome = await work({
      component,
      plan,
      part,
      environment,
      store,
      crash,
      scratch,
      log,
      interruption: interruption.signal,
      report: (percent) => reporter.report(percent),
    });
    await reporter.flush();
    log('INFO', `worker ${outcome}`);
    return outcome === 'finished' ? 0 : ExitCode.Interrupted;
  } catch (error) {
    const code = exitCodeOf(error);
    const { name, message, stack } = error instanceof Error ? error : { name: 'Error', message: String(error), stack: undefined };
    log('ERROR', 'worker failed', { error: name, cause: message, stack, exitCode: code });
    return code;
  } finally {
    if (scratch) await rm(scratch, { recursive: true, force: true });
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
