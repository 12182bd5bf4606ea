import * as z from 'zod';

/** Money is whole micro-dollars (1e-6 USD): integers add up, floats drift. */
export const MicroUsd = z.int().nonnegative().brand<'MicroUsd'>();
export type MicroUsd = z.infer<typeof MicroUsd>;

/** Rounds half away from zero to whole micro-dollars. Throws a ZodError for NaN, infinite or negative amounts. */
export const microUsd = (amount: number): MicroUsd => MicroUsd.parse(Math.round(amount));

/** `1234567` becomes `$1.234567`; trailing precision is kept, because a clip often costs less than a cent. */
export const formatUsd = (amount: number): string => `$${(amount / 1_000_000).toFixed(6)}`;
