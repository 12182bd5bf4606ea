import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { checkDelay } from '#domain/intake/parking';
import type { ParkingLot } from '#domain/ports';
import { sqs } from './clients.ts';

/** Parks a message in the queue it came from: SQS itself holds it back, so nobody has to keep time. */
export function openParkingLot({ queueUrl, client = sqs() }: { queueUrl: string; client?: SQSClient }): ParkingLot {
  return {
    async park(message, delaySeconds) {
      checkDelay(delaySeconds);
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: message, DelaySeconds: delaySeconds }));
    },
  };
}
