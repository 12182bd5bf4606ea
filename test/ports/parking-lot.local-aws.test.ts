import { openParkingLot } from '#adapters/aws/parking-lot';
import { eventually, queue, received, sqs } from '../platform/aws.ts';
import { parkingLotSuite } from './parking-lot.suite.ts';

parkingLotSuite('the parking lot on SQS', async () => {
  const { url } = await queue('parking');
  const opened = performance.now();
  return {
    lot: openParkingLot({ queueUrl: url, client: sqs }),
    leaves: async () => {
      const message = await eventually('the parked message', async () => (await received(url))[0]);
      return { message, heldSeconds: (performance.now() - opened) / 1000 };
    },
  };
});
