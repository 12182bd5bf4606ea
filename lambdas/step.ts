import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { requireEnvironment } from '#contracts/environment';
import type { LambdaUsage, LifecycleEvent } from '#contracts/events';
import { sequenceOf } from '#contracts/events';
import { Job } from '#contracts/job';
import { Rework, takeOf } from '#contracts/rework';
import type { Visit } from '#contracts/stages';
import type { EventPublisher, Now } from '#domain/ports';
import { logger, metrics, traced } from './observability.ts';
import { parse } from './parse.ts';

interface StepContract<I extends z.ZodType, O extends z.ZodType> {
  /** `<stage>.<verb-noun>`, the handler's file. */
  readonly name: string;
  readonly visit: (input: z.output<I>) => Visit;
  readonly input: I;
  readonly output: O;
  /** Where the job stands in the input; `input.job` unless said otherwise. */
  readonly job?: (input: z.output<I>) => Job;
  /** Which take of the job the visit belongs to; the one that `input.rework` asks for, the first when it asks for none. */
  readonly take?: (input: z.output<I>) => number;
}

const Carrier = z.object({ job: Job });
const Reworked = z.object({ rework: Rework.optional() });

/** What the wrapper itself needs from outside; a test passes its own. */
export interface StepSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly publisher: EventPublisher;
  readonly now: Now;
}

const surroundings = (): StepSurroundings => {
  const { FRAMEWRIGHT_BUS } = requireEnvironment(process.env, ['FRAMEWRIGHT_BUS']);
  return { environment: process.env, publisher: openEventPublisher({ busName: FRAMEWRIGHT_BUS }), now: () => new Date() };
};

/**
 * Wraps one stage step as a Lambda: checks what comes in, runs, checks what goes out, and tells the ledger what it used.
 * `open` is called on the first event and its neighbours live as long as the sandbox.
 * Throws what `run` throws; messages that break their contract throw `Contract.Violated`.
 */
export function step<I extends z.ZodType, O extends z.ZodType, D>(
  contract: StepContract<I, O>,
  open: (environment: StepSurroundings['environment']) => D,
  run: (input: z.output<I>, neighbours: D) => Promise<z.input<O>> | z.input<O>,
  outside: () => StepSurroundings = surroundings,
) {
  let opened: { neighbours: D; around: StepSurroundings } | undefined;

  return async (event: unknown, context: Pick<Context, 'awsRequestId' | 'memoryLimitInMB'>): Promise<z.output<O>> => {
    const started = performance.now();
    const input = parse(contract.input, event, `${contract.name} input`);
    if (!opened) {
      const around = outside();
      opened = { around, neighbours: open(around.environment) };
    }
    const { neighbours, around } = opened;
    const { jobId, tenant, campaign } = contract.job ? contract.job(input) : parse(Carrier, input, `${contract.name} input`).job;
    const visit = contract.visit(input);
    const take = contract.take ? contract.take(input) : takeOf(parse(Reworked, input, `${contract.name} input`));
    logger.appendKeys({ jobId, tenant, visit, step: contract.name });

    const base = (kind: 'started' | 'completed' | 'failed') => ({
      schemaVersion: 1 as const,
      idempotencyKey: `${context.awsRequestId}:${contract.name}:${kind}`,
      sequence: sequenceOf(visit, kind, { take }),
      at: around.now().toISOString(),
      tenant,
      jobId,
      visit,
    });
    const usage = (): LambdaUsage => ({
      kind: 'lambda',
      requestId: context.awsRequestId,
      memoryMb: Number(context.memoryLimitInMB),
      milliseconds: Math.ceil(performance.now() - started), // Lambda bills whole milliseconds
    });
    // The ledger must not be able to break a render: what cannot be told is logged and counted instead.
    const tell = (fact: LifecycleEvent) =>
      around.publisher.publish([fact]).catch((error: unknown) => {
        logger.error('lifecycle event lost', { type: fact.type, idempotencyKey: fact.idempotencyKey, error: String(error) });
        metrics.addMetric('EventsLost', MetricUnit.Count, 1);
      });

    const announced = tell({ ...base('started'), type: 'stage.started' });
    try {
      const output = await traced(contract.name, async () =>
        parse(contract.output, await run(input, neighbours), `${contract.name} output`),
      );
      await announced;
      await tell({ ...base('completed'), type: 'stage.completed', campaign, step: contract.name, usage: usage() });
      metrics.addMetric('StepCompleted', MetricUnit.Count, 1);
      logger.info('step completed', { milliseconds: usage().milliseconds });
      return output;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      await announced;
      await tell({
        ...base('failed'),
        type: 'stage.failed',
        campaign,
        step: contract.name,
        usage: usage(),
        error: name,
        cause: message.slice(0, 1_000),
      });
      metrics.addMetric('StepFailed', MetricUnit.Count, 1);
      logger.error('step failed', { error: name, cause: message });
      throw error;
    } finally {
      metrics.publishStoredMetrics();
      logger.resetKeys();
    }
  };
}
