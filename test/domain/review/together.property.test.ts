import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOGETHER, type ReviewItem } from '#contracts/review';
import { CLAIM_SECONDS, claimed } from '#domain/review/claims';
import { expectedSecondsTogether, isPlain, togetherWith } from '#domain/review/together';
import { anyWaiting, hour, waiting } from './items.ts';

const look = 'a'.repeat(64);
const jobOf = (n: number): string => `acme_${n.toString(16).padStart(24, '0')}`;
/** A preview in which nothing was found. */
const plain = (n: number, more: Partial<ReviewItem> = {}): ReviewItem =>
  waiting({ jobId: jobOf(n), risk: 'low', campaign: 'spring', look, ...more });
const ids = (items: readonly ReviewItem[]): string[] => items.map(({ jobId }) => jobId);

const anyInCampaign = fc
  .tuple(
    anyWaiting,
    fc.constantFrom('spring', 'summer'),
    fc.constantFrom(look, 'b'.repeat(64), undefined),
    fc.integer({ min: 1, max: 2 }),
    fc.constantFrom('Ada', 'Grace', undefined),
    fc.boolean(),
  )
  .map(([item, campaign, seen, round, holder, wasLeftOut]) => {
    const asked: ReviewItem = {
      ...item,
      campaign,
      round,
      ...(seen !== undefined && { look: seen }),
      ...(wasLeftOut && { leftOut: { reviewer: 'Alan', at: hour(0).toISOString() } }),
    };
    return holder === undefined ? asked : claimed(asked, { name: holder, lead: false }, hour(0)).item;
  });

describe('what one person may answer in one look', () => {
  it('is of one campaign and look, free or theirs, and nothing was found in it: whatever else waits', () => {
    let larger = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            anyInCampaign,
            fc.nat(40).map((n) => plain(1_000 + n)),
          ),
          { maxLength: 40 },
        ),
        fc.nat(),
        (items, pick) => {
          const lead = items[pick % Math.max(1, items.length)] ?? plain(1);
          const together = togetherWith(lead, items, 'Ada', hour(0.01));
          if (together.length > 1) larger += 1;
          expect(together.length).toBeLessThanOrEqual(MAX_TOGETHER);
          expect(expectedSecondsTogether(together) <= CLAIM_SECONDS || together.length === 1).toBe(true);
          for (const { tenant, campaign, look: seen, risk, categories, needsSecond, round, kind, subject, claim, leftOut } of together) {
            expect([tenant, campaign, seen]).toEqual([lead.tenant, lead.campaign, lead.look]);
            expect([risk, categories, needsSecond, round, kind, subject, leftOut]).toEqual([
              ...['low', [], false, 1, 'decision', 'preview', undefined],
            ]);
            expect(['Ada', undefined]).toContain(claim?.reviewer);
          }
        },
      ),
    );
    expect(larger).toBeGreaterThan(5);
  });

  it('keeps what the person already has before them, and adds what came', () => {
    const [lead, held] = [plain(1), claimed(plain(9), { name: 'Ada', lead: false }, hour(0)).item];
    const came = Array.from({ length: MAX_TOGETHER }, (_, n) => plain(20 + n));
    const together = togetherWith(lead, [...came, held], 'ada', hour(0.1));
    expect(ids(together).slice(0, 2)).toEqual([jobOf(1), jobOf(9)]);
    expect(together).toHaveLength(MAX_TOGETHER);
  });

  it('is as much as can be watched before a claim ends', () => {
    const long = Array.from({ length: MAX_TOGETHER }, (_, n) => plain(n, { clipSeconds: 120 }));
    const together = togetherWith(plain(99, { clipSeconds: 120 }), long, 'Ada', hour(0.1));
    expect(together.length).toBeGreaterThan(3);
    expect(expectedSecondsTogether([...together, plain(100, { clipSeconds: 120 })])).toBeGreaterThan(CLAIM_SECONDS);
  });

  it('never holds what two people have to see, a hint of any category, or what was sent back', () => {
    expect(isPlain(plain(1))).toBe(true);
    expect(isPlain(plain(1, { needsSecond: true }))).toBe(false);
    expect(isPlain(plain(1, { categories: ['minors'], risk: 'low' }))).toBe(false);
    expect(isPlain(plain(1, { risk: 'medium' }))).toBe(false);
    expect(isPlain(plain(1, { round: 2 }))).toBe(false);
    expect(isPlain(plain(1, { kind: 'audit' }))).toBe(false);
  });
});
