import { Duration } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { AlarmStatusWidget, Dashboard, GraphWidget, type Metric, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { PipelineStack } from '../stacks/pipeline-stack.ts';
import type { RiverAlarm } from './alarm.ts';
import {
  gpuCostAvoided,
  humanReviewRatio,
  oldestReview,
  reviewDecisionSeconds,
  reviewsEscalated,
  reviewsExpired,
  reworkRounds,
  reworkSeconds,
  spend,
  stepsCompleted,
  stepsFailed,
  suspendedRules,
  timeToPreview,
  uncheckedVerdicts,
  waitingReviews,
} from './metrics.ts';

export interface RiverDashboardProps {
  readonly pipeline: PipelineStack;
  readonly api: IHttpApi;
  readonly alarms: readonly RiverAlarm[];
}

/** One screen: is anything wrong, where do jobs stand, what does it cost. */
export class RiverDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { pipeline, api, alarms }: RiverDashboardProps) {
    super(scope, id, { dashboardName: 'framewright', defaultInterval: Duration.hours(12) });
    const period = Duration.minutes(5);
    const graph = (title: string, left: Metric[], right: Metric[] = []) => new GraphWidget({ title, width: 8, height: 6, left, right });
    this.addWidgets(
      new TextWidget({ width: 24, height: 1, markdown: '**Framewright** - every alarm names its page in docs/runbooks' }),
      new AlarmStatusWidget({ title: 'Alarms', width: 24, height: 3, alarms: [...alarms] }),
      graph('Jobs', [
        pipeline.pipeline.metricStarted({ period, statistic: 'Sum' }),
        pipeline.pipeline.metricSucceeded({ period, statistic: 'Sum' }),
        pipeline.pipeline.metricFailed({ period, statistic: 'Sum' }),
        pipeline.pipeline.metricAborted({ period, statistic: 'Sum' }),
      ]),
      graph(
        'Renders',
        [pipeline.render.metricStarted({ period, statistic: 'Sum' }), pipeline.render.metricFailed({ period, statistic: 'Sum' })],
        [pipeline.render.metricTime({ period, statistic: 'p95' })],
      ),
      graph('Steps', [stepsCompleted(), stepsFailed()]),
      graph(
        'Arrivals',
        [pipeline.arrivals.queue.metricApproximateNumberOfMessagesVisible({ period })],
        [pipeline.arrivals.queue.metricApproximateAgeOfOldestMessage({ period })],
      ),
      graph('Review', [waitingReviews()], [oldestReview()]),
      graph(
        'Review room',
        [api.metricCount({ period, statistic: 'Sum' }), api.metricServerError({ period, statistic: 'Sum' })],
        [api.metricLatency({ period, statistic: 'p90' })],
      ),
      graph('Review deadlines', [reviewsEscalated(), reviewsExpired()], [reviewDecisionSeconds()]),
      graph('Rework', [reworkRounds()], [reworkSeconds()]),
      graph('Time to preview (seconds)', [timeToPreview()]),
      graph('Auto-approval', [humanReviewRatio()], [suspendedRules()]),
      graph('Spend (micro-dollars an hour)', [spend(Duration.hours(1))]),
      new GraphWidget({ title: 'Unchecked verdicts (percent)', width: 8, height: 6, left: [uncheckedVerdicts()] }),
      graph('GPU cost avoided, estimated (micro-dollars an hour)', [gpuCostAvoided()]),
    );
  }
}
