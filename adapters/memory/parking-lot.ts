import type { ParkingLot } from '#domain/ports';

export interface MemoryParkingLot extends ParkingLot {
  readonly parked: { readonly message: string; readonly delaySeconds: number }[];
  /** Takes out everything that waits, in order of parking. */
  leave(): { readonly message: string; readonly delaySeconds: number }[];
}

/** SQS holds a message back for at most this many seconds. */
const MAX_DELAY_SECONDS = 900;

/** Keeps messages until a test lets them leave; no clock runs here. */
export function openMemoryParkingLot(): MemoryParkingLot {
  const parked: { message: string; delaySeconds: number }[] = [];
  return {
    parked,
    leave: () => parked.splice(0),
    async park(message, delaySeconds) {
      if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS)
        throw new RangeError(`expected a delay of 0 to ${MAX_DELAY_SECONDS} whole seconds, found ${delaySeconds}`);
      parked.push({ message, delaySeconds });
    },
  };
}
