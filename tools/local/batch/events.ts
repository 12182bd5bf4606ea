import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Job } from './model.ts';
import { describe } from './views.ts';

/** PutEvents takes at most ten entries. */
const MAX_ENTRIES = 10;

interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Resources: string[];
  readonly Detail: string;
}

/**
 * Publishes every change of a job's status to the default bus, in order. The detail is the job as DescribeJobs shows it at that moment.
 * Delivery is best effort, as on AWS: a failure is written to the log and never disturbs a job.
 */
export class StateChangeEvents {
  readonly #client: EventBridgeClient;
  #waiting: Entry[] = [];
  #sending: Promise<void> | undefined;

  constructor(client: EventBridgeClient) {
    this.#client = client;
  }

  publish(job: Job): void {
    this.#waiting.push({
      Source: 'aws.batch',
      DetailType: 'Batch Job State Change',
      Resources: [job.jobArn],
      Detail: JSON.stringify(describe(job)),
    });
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Settles when nothing waits to be delivered. */
  async delivered(): Promise<void> {
    await this.#sending;
  }

  async #send(): Promise<void> {
    while (this.#waiting.length > 0) {
      const Entries = this.#waiting.splice(0, MAX_ENTRIES);
      try {
        await this.#client.send(new PutEventsCommand({ Entries }));
      } catch (error) {
        console.error(`${Entries.length} job events were not delivered: ${String(error)}`);
      }
    }
  }
}
