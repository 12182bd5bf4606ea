import { checkDelay } from '#domain/intake/parking';
import type { ParkingLot } from '#domain/ports';

export interface MemoryParkingLot extends ParkingLot {
  readonly parked: { readonly message: string; readonly delaySeconds: number }[];
  /** Takes out everything that waits, in order of parking. */
  leave(): { readonly message: string; readonly delaySeconds: number }[];
}

/** Keeps messages until a test lets them leave; no clock runs here. */
export function openMemoryParkingLot(): MemoryParkingLot {
  const parked: { message: string; delaySeconds: number }[] = [];
  return {
    parked,
    leave: () => parked.splice(0),
    async park(message, delaySeconds) {
      checkDelay(delaySeconds);
      parked.push({ message, delaySeconds });
    },
  };
}
