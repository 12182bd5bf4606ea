import { openMemoryParkingLot } from '#adapters/memory/parking-lot';
import { parkingLotSuite } from './parking-lot.suite.ts';

parkingLotSuite('the parking lot in memory', async () => {
  const lot = openMemoryParkingLot();
  return {
    lot,
    leaves: async () => {
      const [next] = lot.leave();
      if (!next) throw new Error('expected a parked message, found none');
      return { message: next.message, heldSeconds: next.delaySeconds };
    },
  };
});
