import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import type { PipelineStack } from '../stacks/pipeline-stack.ts';
import { RiverAlarm } from './alarm.ts';
import { eventsLost, oldestReview, spend, uncheckedVerdicts } from './metrics.ts';

const MICRO_USD = 1_000_000;

/** Everything somebody should be woken for, and nothing else. */
export class Alarms extends Construct {
  readonly all: readonly RiverAlarm[];

  constructor(scope: Construct, id: string, { config, pipeline, topic }: { config: Config; pipeline: PipelineStack; topic: ITopic }) {
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
      new RiverAlarm(this, 'UncheckedVerdicts', {
        metric: uncheckedVerdicts(),
        threshold: 20, // one in five: a sound that nobody understands is a case, a voter that is down is most of them
        impact: 'Briefs and clips go to people because voters fail, so reviewers drown and tenants wait.',
        runbook: 'unchecked-verdicts',
        topic,
      }),
    ];
  }
}
