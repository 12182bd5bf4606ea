import fc from 'fast-check';
import { ReviewItem, ReviewKind, ReviewSubject, RISKS } from '#contracts/review';
import { SAFETY_CATEGORIES } from '#contracts/verdict';

/** Hours after 2026-11-24T08:00Z, the hour in which every question of these tests is asked. */
export const hour = (hours: number): Date => new Date(Date.parse('2026-11-24T08:00:00.000Z') + hours * 3_600_000);

/** A preview that waits for a day. */
export const waiting = (more: Partial<ReviewItem> = {}): ReviewItem =>
  ReviewItem.parse({
    jobId: 'acme_0123456789abcdef01234567',
    tenant: 'acme',
    subject: 'preview',
    status: 'waiting',
    requestedAt: hour(0).toISOString(),
    deadlineAt: hour(24).toISOString(),
    reasons: ['Nobody has seen this preview yet.'],
    clipSeconds: 15,
    ...more,
  });

/** Any question that waits, asked in the first hour. */
export const anyWaiting: fc.Arbitrary<ReviewItem> = fc
  .record({
    subject: fc.constantFrom(...ReviewSubject.options),
    kind: fc.constantFrom(...ReviewKind.options),
    risk: fc.constantFrom(...RISKS),
    categories: fc.uniqueArray(fc.constantFrom(...SAFETY_CATEGORIES), { maxLength: 3 }),
    needsSecond: fc.boolean(),
    clipSeconds: fc.integer({ min: 0, max: 600 }),
    hours: fc.double({ min: 0.1, max: 72, noNaN: true }),
    id: fc.integer({ min: 0, max: 0xff }),
  })
  .map(({ hours, id, ...more }) =>
    waiting({ ...more, jobId: `acme_${id.toString(16).padStart(24, '0')}`, deadlineAt: hour(hours).toISOString() }),
  );
