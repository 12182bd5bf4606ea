import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Component, refText } from '#contracts/component';
import { PRICE_LIST, PRICES } from '#domain/ledger/price-list';

/** What one component was seen to need, or is believed to need: `bench/measured/<component>.json`. */
export const Measured = z.strictObject({
  /** `id@version`: another version has to be measured again. */
  component: z.string(),
  basis: z.enum(['measured', 'estimated']),
  /** Seconds that a worker of the size its manifest asks for is busy with one second of final clip. */
  workerSecondsPerRenderedSecond: z.number().positive(),
  /** What was rendered, such as `640x360 at 24 fps`. */
  rendered: z.string(),
  /** On what, when, and by which command; for an estimate, from what it was computed. */
  source: z.string(),
  day: z.iso.date(),
});
export type Measured = z.infer<typeof Measured>;

export const readMeasured = (root: string): Measured[] => {
  const folder = join(root, 'bench/measured');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return names.sort().map((name) => Measured.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
};

/** Worker seconds x units x price; units are GPUs or vCPUs, as the price class counts them. */
export function costPerRenderedSecond(component: Component, all: readonly Measured[]): string {
  const found = all.find((one) => one.component === refText(component));
  if (!found) return 'not measured';
  const price = PRICES[component.priceClass];
  const units = price.unit === 'GPU-second' ? component.needs.gpus : component.needs.vcpus;
  const usd = (found.workerSecondsPerRenderedSecond * units * price.microUsd) / 1e6;
  return `$${usd.toPrecision(2)} (${found.basis}: ${found.workerSecondsPerRenderedSecond} s x ${units} x $${(price.microUsd / 1e6).toPrecision(3)})`;
}

export const PRICED_BY = PRICE_LIST;
