import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface RiverAlarmProps {
  readonly metric: IMetric;
  /** The alarm goes off at this value or above. */
  readonly threshold: number;
  /** How many of the metric's periods in a row; one unless a single bad one is noise. */
  readonly periods?: number;
  /** What people lose, in one sentence. */
  readonly impact: string;
  /** Page of docs/runbooks, without its ending. A test fails when it is missing. */
  readonly runbook: string;
  readonly topic: ITopic;
}

/** An alarm that leads somewhere: its description says what people lose and which page says what to do. */
export class RiverAlarm extends Alarm {
  constructor(scope: Construct, id: string, { metric, threshold, periods = 1, impact, runbook, topic }: RiverAlarmProps) {
    super(scope, id, {
      alarmName: `framewright-${runbook}`,
      alarmDescription: `${impact} Runbook: docs/runbooks/${runbook}.md`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING, // silence is an idle product
    });
    this.addAlarmAction(new SnsAction(topic));
  }
}
