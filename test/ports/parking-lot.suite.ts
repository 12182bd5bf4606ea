import { describe, expect, it } from 'vitest';
import type { ParkingLot } from '#domain/ports';

/** What every parking lot promises. `leaves` waits for the next message and says how many seconds it was held. */
export function parkingLotSuite(
  name: string,
  open: () => Promise<{ lot: ParkingLot; leaves(): Promise<{ message: string; heldSeconds: number }> }>,
): void {
  describe(name, () => {
    it('gives the same message back after the delay, not before', async () => {
      const { lot, leaves } = await open();
      const message = JSON.stringify({ brief: 'Café ☕', waits: 1 });
      await lot.park(message, 1);
      const left = await leaves();
      expect(left.message).toBe(message);
      expect(left.heldSeconds).toBeGreaterThanOrEqual(0.9); // queues count whole seconds, ours and theirs may differ by a tick
    });

    it('refuses a delay that no queue can keep', async () => {
      const { lot } = await open();
      await expect(lot.park('too long', 901)).rejects.toThrow();
    });
  });
}
