import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { names } from '../names.ts';

/** Metrics that the handlers write themselves; `service` is the only dimension, as the logger sets it. */
const own = (metricName: string, statistic: string, period: Duration): Metric =>
  new Metric({ namespace: names.metrics, metricName, statistic, period, dimensionsMap: { service: 'framewright' } });

/** Age in seconds of the review that waits longest; written every five minutes by review/measure-queue. */
export const oldestReview = (): Metric => own('OldestReviewSeconds', 'Maximum', Duration.minutes(5));
export const waitingReviews = (): Metric => own('WaitingReviews', 'Maximum', Duration.minutes(5));
/** Questions that came near their deadline, and those that passed it; counted every five minutes by review/escalate. */
export const reviewsEscalated = (): Metric => own('ReviewsEscalated', 'Sum', Duration.minutes(5));
export const reviewsExpired = (): Metric => own('ReviewsExpired', 'Sum', Duration.minutes(5));
/** Auto-approval rules that an audit stopped; written every five minutes by review/measure-queue. */
export const suspendedRules = (): Metric => own('SuspendedRules', 'Maximum', Duration.minutes(5));
/** Share of questions that no rule answered; one value a question. */
export const humanReviewRatio = (): Metric => own('HumanReviewRatio', 'Average', Duration.hours(1));
/** Seconds from question to decision. */
export const reviewDecisionSeconds = (): Metric => own('ReviewDecisionSeconds', 'p95', Duration.hours(1));
/** Seconds from a clip sent back to the question about its next take. */
export const reworkSeconds = (): Metric => own('ReworkSeconds', 'Average', Duration.hours(1));
/** How often a clip went back before its question was settled; one value a question. */
export const reworkRounds = (): Metric => own('ReworkRounds', 'Average', Duration.hours(1));
/** Seconds from an accepted brief to the first question about its preview. */
export const timeToPreview = (): Metric => own('TimeToPreviewSeconds', 'p50', Duration.hours(1));
/** Micro-dollars of the cost facts that were new. */
export const spend = (period: Duration): Metric => own('SpendMicroUsd', 'Sum', period);
export const stepsCompleted = (): Metric => own('StepCompleted', 'Sum', Duration.minutes(5));
export const stepsFailed = (): Metric => own('StepFailed', 'Sum', Duration.minutes(5));
/** Verdicts of an hour in which something was not looked at, in percent of all. */
export const uncheckedVerdicts = (): MathExpression =>
  new MathExpression({
    label: 'unchecked verdicts in percent',
    expression: '100 * unchecked / all',
    period: Duration.hours(1),
    usingMetrics: {
      unchecked: own('UncheckedVerdicts', 'Sum', Duration.hours(1)),
      all: own('SafetyVerdicts', 'Sum', Duration.hours(1)),
    },
  });
/** Estimated micro-dollars of GPUs for jobs that were refused before their final was rendered: no part of any spend. */
export const gpuCostAvoided = (): Metric => own('GpuCostAvoidedMicroUsd', 'Sum', Duration.hours(1));
export const eventsLost = (): Metric => own('EventsLost', 'Sum', Duration.minutes(5));
