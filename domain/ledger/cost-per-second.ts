import { type MicroUsd, microUsd } from '#contracts/money';

/** What one second of published video cost; `null` while nothing is published, never a division by zero. */
export function costPerRenderedSecond(costMicroUsd: number, renderedSeconds: number): MicroUsd | null {
  return renderedSeconds > 0 ? microUsd(costMicroUsd / renderedSeconds) : null;
}
