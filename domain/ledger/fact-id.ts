import { createHash } from 'node:crypto';

/** First 32 hex digits of SHA-256: 128 bits name every fact of a century without a collision. */
const FACT_ID_LENGTH = 32;

/** Names a piece of work by what did it, so whoever reports it, however often, reports the same fact. The separator is in no AWS id. */
export const factId = (...parts: readonly [kind: 'lambda' | 'batch', id: string, part: string | number]): string =>
  createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, FACT_ID_LENGTH);
