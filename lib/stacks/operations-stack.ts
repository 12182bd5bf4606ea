import { Stack, type StackProps } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { Alarms } from '../operations/alarms.ts';
import { CostAnalytics } from '../operations/cost-analytics.ts';
import { RiverDashboard } from '../operations/dashboard.ts';
import { SavedQueries } from '../operations/saved-queries.ts';
import type { PipelineStack } from './pipeline-stack.ts';
import type { ReviewStack } from './review-stack.ts';
import type { StorageStack } from './storage-stack.ts';

export interface OperationsStackProps extends StackProps {
  readonly config: Config;
  readonly storage: StorageStack;
  readonly pipeline: PipelineStack;
  readonly review: ReviewStack;
}

/** How people know: alarms that lead to a page, one dashboard, and questions ready to be asked. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { config, storage, pipeline, review, ...props }: OperationsStackProps) {
    super(scope, id, props);
    const topic = new Topic(this, 'Alerts', { displayName: 'Framewright alarms', enforceSSL: true });
    if (config.alarmEmail !== undefined) topic.addSubscription(new EmailSubscription(config.alarmEmail));
    const alarms = new Alarms(this, 'Alarms', { config, pipeline, api: review.http.api, topic });
    new RiverDashboard(this, 'Dashboard', { pipeline, api: review.http.api, alarms: alarms.all });
    new SavedQueries(this, 'Queries');
    new CostAnalytics(this, 'Costs', { ledger: storage.ledger });
  }
}
