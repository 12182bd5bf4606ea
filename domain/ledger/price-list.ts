import type { PriceClass } from '#contracts/component';

/** One price and where it was read. */
export interface Price {
  /** Micro-dollars (1e-6 USD) for one `unit`. */
  readonly microUsd: number;
  readonly unit: 'GB-second' | 'request' | 'GPU-second' | 'vCPU-second';
  readonly source: string;
  /** UTC day the source was read. */
  readonly read: string;
}

const SECONDS_PER_HOUR = 3_600;
const hourly = (usd: number, units: number): number => (usd * 1_000_000) / SECONDS_PER_HOUR / units;

/** Spot price and list price per zone, us-east-1: https://github.com/skypilot-org/skypilot-catalog, catalogs/v7/aws/vms.csv. */
const CATALOGUE = 'skypilot-catalog v7 aws/vms.csv at commit 001367d, us-east-1';

/** Name that every fact carries: a fact priced last year still says by which list. Change it with any number below. */
export const PRICE_LIST = 'us-east-1@2026-11-23';

/**
 * The one price list, in list prices of us-east-1 without credits, free tier or savings plans. Spot prices differ by zone and hour, so
 * the dearest zone of the source is taken: the ledger would rather promise too little saving than too much.
 */
export const PRICES = {
  /** x86; Lambda bills memory times time. */
  lambdaGbSecond: { microUsd: 16.6667, unit: 'GB-second', source: 'https://aws.amazon.com/lambda/pricing/', read: '2026-11-23' },
  lambdaRequest: { microUsd: 0.2, unit: 'request', source: 'https://aws.amazon.com/lambda/pricing/', read: '2026-11-23' },
  /** g5.xlarge: one A10G; a job that holds the GPU holds the machine. $0.418 an hour. */
  'gpu-spot': { microUsd: hourly(0.418, 1), unit: 'GPU-second', source: `${CATALOGUE}, g5.xlarge spot`, read: '2026-11-23' },
  /** g5.xlarge, $1.006 an hour. */
  'gpu-on-demand': { microUsd: hourly(1.006, 1), unit: 'GPU-second', source: `${CATALOGUE}, g5.xlarge on demand`, read: '2026-11-23' },
  /** c6i.xlarge: four vCPU for $0.0735 an hour in use1-az1. */
  'cpu-spot': { microUsd: hourly(0.0735, 4), unit: 'vCPU-second', source: `${CATALOGUE}, c6i.xlarge spot`, read: '2026-11-24' },
} as const satisfies Record<PriceClass | 'lambdaGbSecond' | 'lambdaRequest', Price>;
