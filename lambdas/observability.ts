import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { Tracer } from '@aws-lambda-powertools/tracer';

/** One logger, metrics and tracer a sandbox: every door of the product speaks through these. */
export const logger = new Logger({ serviceName: 'framewright' });
export const metrics = new Metrics({ namespace: 'Framewright', serviceName: 'framewright' });
export const tracer = new Tracer({ serviceName: 'framewright' });

/** Runs `work` inside a trace segment named after the step; a failure is recorded on it and thrown on. */
export async function traced<T>(name: string, work: () => Promise<T>): Promise<T> {
  const parent = tracer.isTracingEnabled() ? tracer.getSegment() : undefined;
  const segment = parent?.addNewSubsegment(`## ${name}`);
  if (segment) tracer.setSegment(segment);
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) tracer.addErrorAsMetadata(error);
    throw error;
  } finally {
    segment?.close();
    if (parent) tracer.setSegment(parent);
  }
}
