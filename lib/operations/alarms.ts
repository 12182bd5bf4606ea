import { Duration } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { PipelineStack } from '../stacks/pipeline-stack.ts';
import { RiverAlarm } from './alarm.ts';
import { eventsLost, oldestReview, reviewsEscalated, reviewsExpired, spend, suspendedRules } from './metrics.ts';

const MICRO_USD = 1_000_000;

export interface AlarmsProps {
  readonly config: Config;
  readonly pipeline: PipelineStack;
  /** Of the review room. */
  readonly api: IHttpApi;
  readonly topic: ITopic;
}

/** Everything somebody should be woken for, and nothing else. */
export class Alarms extends Construct {
  readonly all: readonly RiverAlarm[];

  constructor(scope: Construct, id: string, { config, pipeline, api, topic }: AlarmsProps) {
    super(scope, id);
    const minutes = Duration.minutes(5);
    this.all = [
      new RiverAlarm(this, 'UndeliveredBriefs', {
        metric: pipeline.arrivals.deadLetters.metricApproximateNumberOfMessagesVisible({ period: minutes, statistic: 'Maximum' }),
        threshold: 1,
        impact: 'Briefs that somebody uploaded got no answer.',
        runbook: 'undelivered-briefs',
        topic,
      }),
      new RiverAlarm(this, 'UnrecordedFacts', {
        metric: pipeline.facts.deadLetters.metricApproximateNumberOfMessagesVisible({ period: minutes, statistic: 'Maximum' }),
        threshold: 1,
        impact: 'Jobs show an old state and their cost is incomplete.',
        runbook: 'unrecorded-facts',
        topic,
      }),
      new RiverAlarm(this, 'FailedExecutions', {
        metric: pipeline.pipeline.metricFailed({ period: minutes, statistic: 'Sum' }),
        threshold: 1, // a refusal is a success: every failure is a defect or an outage
        impact: 'Jobs ended without a clip and without a refusal.',
        runbook: 'failed-executions',
        topic,
      }),
      new RiverAlarm(this, 'TimedOutExecutions', {
        metric: pipeline.pipeline.metricTimedOut({ period: minutes, statistic: 'Sum' }),
        threshold: 1,
        impact: 'Jobs waited for days and were given up.',
        runbook: 'timed-out-executions',
        topic,
      }),
      new RiverAlarm(this, 'OldestWaitingBrief', {
        metric: pipeline.arrivals.queue.metricApproximateAgeOfOldestMessage({ period: minutes, statistic: 'Maximum' }),
        threshold: config.parkingSeconds + 600, // a parked brief waits on purpose; ten minutes more is a queue that stands still
        impact: 'Briefs are not picked up.',
        runbook: 'oldest-waiting-brief',
        topic,
      }),
      new RiverAlarm(this, 'OldestReview', {
        metric: oldestReview(),
        threshold: config.reviewTimeoutSeconds / 2, // half of the deadline is still enough to act in
        impact: 'Clips wait for a person longer than tenants were promised, and will be refused at their deadline.',
        runbook: 'oldest-review',
        topic,
      }),
      new RiverAlarm(this, 'ReviewApiErrors', {
        metric: api.metricServerError({ period: minutes, statistic: 'Sum' }),
        threshold: 3, // a console asks again by itself: one is not noticed, three in five minutes are no chance
        impact: 'Reviewers see errors instead of their queue, and decisions do not get through.',
        runbook: 'review-api-errors',
        topic,
      }),
      new RiverAlarm(this, 'ReviewApiSlow', {
        metric: api.metricLatency({ period: minutes, statistic: 'p90' }),
        threshold: 2_000, // milliseconds; after two seconds people click a second time
        periods: 3, // the first requests of a morning wait for a sandbox to start
        impact: 'Reviewers wait for every click.',
        runbook: 'review-api-slow',
        topic,
      }),
      new RiverAlarm(this, 'EscalatedReviews', {
        metric: reviewsEscalated(),
        threshold: 1, // each is a clip that is refused unless somebody looks within the last quarter of its time
        impact: 'Questions are near their deadline, and what nobody answers is refused.',
        runbook: 'escalated-reviews',
        topic,
      }),
      new RiverAlarm(this, 'ExpiredReviews', {
        metric: reviewsExpired(),
        threshold: 1,
        impact: 'Jobs were refused because nobody answered in time.',
        runbook: 'expired-reviews',
        topic,
      }),
      new RiverAlarm(this, 'SuspendedRules', {
        metric: suspendedRules(),
        threshold: 1,
        impact: 'An auto-approval rule let something through that a person would have refused, and approves nothing more.',
        runbook: 'suspended-rules',
        topic,
      }),
      new RiverAlarm(this, 'DailySpend', {
        metric: spend(Duration.days(1)),
        threshold: config.dailySpendLimitUsd * MICRO_USD,
        impact: 'The day costs more than was agreed.',
        runbook: 'daily-spend',
        topic,
      }),
      new RiverAlarm(this, 'LostFacts', {
        metric: eventsLost(),
        threshold: 1,
        impact: 'A stage could not tell the ledger what it did: costs and progress of a job are too low.',
        runbook: 'lost-facts',
        topic,
      }),
    ];
  }
}
