import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './grants.ts';

/** A message is tried this often before a person has to look: five tries over half an hour outlive a deployment gone wrong. */
export const MAX_RECEIVES = 5;

/** A queue whose undeliverable messages wait two weeks for somebody; an alarm watches `deadLetters`. */
export class WatchedQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { consumerTimeout }: { readonly consumerTimeout: Duration }) {
    super(scope, id);
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.deadLetters = new Queue(this, 'DeadLetters', common);
    accept(this.deadLetters, 'SQS3', 'this is the queue of dead letters');
    this.queue = new Queue(this, 'Queue', {
      ...common,
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()), // six times the function's, as Lambda asks for
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
  }
}
