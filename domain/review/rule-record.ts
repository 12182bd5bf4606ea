import type { RuleCount, RuleRecord } from '#domain/ports';

type Counter = 'approved' | 'sampled' | 'audited' | 'misses' | 'agreedInARow';

/** Which counters one thing that happened moves. */
export const COUNTERS: Readonly<Record<RuleCount['what'], readonly Counter[]>> = {
  approved: ['approved'],
  sampled: ['sampled'],
  agreed: ['audited', 'agreedInARow'],
  missed: ['audited', 'misses'],
};

/** The counter that one thing that happened sets back to nothing. */
export const RESETS: Readonly<Partial<Record<RuleCount['what'], Counter>>> = { missed: 'agreedInARow' };

export const blank = (name: string): RuleRecord => ({ name, approved: 0, sampled: 0, audited: 0, misses: 0, agreedInARow: 0 });

export const after = (record: RuleRecord, what: RuleCount['what']): RuleRecord => ({
  ...record,
  ...Object.fromEntries(COUNTERS[what].map((counter) => [counter, record[counter] + 1])),
  ...(RESETS[what] && { [RESETS[what]]: 0 }),
});
