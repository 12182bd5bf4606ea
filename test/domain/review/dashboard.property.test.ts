import fc from 'fast-check';
import { expect, it } from 'vitest';
import { JobRow } from '#contracts/ledger';
import { ReviewItem } from '#contracts/review';
import { Dashboard } from '#contracts/review-api';
import { dashboard } from '#domain/review/dashboard';

const NOW = Date.parse('2026-11-24T12:34:56.000Z');
const HOUR = 3_600_000;
const at = (hoursAgo: number): string => new Date(NOW - hoursAgo * HOUR).toISOString();
const jobId = (n: number): string => `acme_${n.toString(16).padStart(24, '0')}`;
const PEOPLE = ['ada', 'ben', 'rule:low-risk-loop'] as const;

/** A row whose rounds follow each other, the first asked up to three days ago. */
const row = fc
  .record({
    n: fc.nat(6),
    subject: fc.constantFrom('brief', 'preview', 'final'),
    template: fc.constantFrom('product-hero', 'low-risk-loop'),
    ago: fc.double({ min: 0.1, max: 72, noNaN: true }),
    sentBack: fc.array(fc.constantFrom('ada', 'ben'), { maxLength: 3 }),
    ending: fc.constantFrom('waiting', 'approved', 'rejected', 'expired', 'canceled'),
    by: fc.constantFrom(...PEOPLE),
    second: fc.boolean(),
  })
  .map(({ n, subject, template, ago, sentBack, ending, by, second }) => {
    const step = ago / (2 * (sentBack.length + 1)); // asked, answered, asked again, answered, ...
    const round = sentBack.length + 1;
    const requestedAt = at(ago - 2 * step * sentBack.length);
    const decidedAt = at(ago - step * (2 * sentBack.length + 1));
    const decision = (reviewer: string, outcome: string, index: number) => ({
      ...{ subject, outcome, reviewer, reason: '', round: index + 1 },
      ...{ requestedAt: at(ago - 2 * step * index), decidedAt: at(ago - step * (2 * index + 1)) },
      ...(second && outcome === 'approved' && !reviewer.startsWith('rule:') ? { secondReviewer: reviewer === 'ada' ? 'ben' : 'ada' } : {}),
    });
    const isDecided = ending === 'approved' || ending === 'rejected';
    const isClosed = ending === 'expired' || ending === 'canceled';
    return ReviewItem.parse({
      ...{ jobId: jobId(n), tenant: 'acme', subject, template, round, reasons: [], requestedAt },
      status: isClosed ? 'expired' : ending,
      deadlineAt: ending === 'expired' ? decidedAt : at(-24),
      earlier: sentBack.map((reviewer, index) => decision(reviewer, 'rework', index)),
      ...(isDecided && { decision: decision(by, ending, sentBack.length) }),
      ...(isClosed && { closed: { at: decidedAt, because: 'it ended' } }),
    });
  });
const world = fc.record({ rows: fc.array(row, { maxLength: 40 }), days: fc.constantFrom(1, 2, 3, 7, 30) });
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const of = (rows: readonly ReviewItem[], days: number, jobs: readonly JobRow[] = []): Dashboard =>
  Dashboard.parse(
    dashboard({
      waiting: rows.filter(({ status }) => status === 'waiting'),
      settled: rows.filter(({ status }) => status !== 'waiting'),
      jobs,
      days,
      now: new Date(NOW),
    }),
  );

it('adds up: columns, outcomes, templates and reviewers count the same answers', () => {
  fc.assert(
    fc.property(world, ({ rows, days }) => {
      const { flow, decided, templates, reviewers, waiting } = of(rows, days);
      expect(sum(flow.map(({ decisions, automatic, expired }) => decisions + automatic + expired))).toBe(decided.total);
      expect(decided.approved + decided.rejected + decided.rework + decided.expired).toBe(decided.total);
      expect(sum(flow.map(({ expired }) => expired))).toBe(decided.expired);
      const people = sum(flow.map(({ decisions }) => decisions));
      expect(decided.humanShare).toBe(decided.total === 0 ? null : people / decided.total);
      expect(sum(templates.map(({ approved, rejected, rework, automatic }) => approved + rejected + rework + automatic))).toBe(
        decided.total - decided.expired,
      );
      expect(sum(templates.map(({ automatic }) => automatic))).toBe(sum(flow.map(({ automatic }) => automatic)));
      const byReviewers = sum(reviewers.map((reviewer) => reviewer.decided));
      expect(byReviewers).toBeGreaterThanOrEqual(people); // two who approve together have decided once each
      expect(byReviewers).toBeLessThanOrEqual(2 * people);
      expect(sum(waiting.byAge.map(({ count }) => count))).toBe(waiting.total);
      expect(waiting.overdue).toBeLessThanOrEqual(waiting.total);
    }),
  );
});

it('has a column for every hour of one or two days and for every day of more, without a gap', () => {
  fc.assert(
    fc.property(world, ({ rows, days }) => {
      const { flow } = of(rows, days);
      const step = days <= 2 ? HOUR : 24 * HOUR;
      expect(flow).toHaveLength(days <= 2 ? days * 24 : days);
      flow.slice(1).forEach((column, index) => {
        expect(Date.parse(column.from) - Date.parse(flow[index]!.from)).toBe(step);
      });
      const last = Date.parse(flow.at(-1)!.from);
      expect(last).toBeLessThanOrEqual(NOW);
      expect(NOW - last).toBeLessThan(step);
    }),
  );
});

it('counts every asking that fell into the period as an arrival, earlier rounds included', () => {
  fc.assert(
    fc.property(world, ({ rows, days }) => {
      const { flow } = of(rows, days);
      const from = flow[0]!.from;
      const asked = rows.flatMap(({ earlier, requestedAt }) => [...earlier.map((decision) => decision.requestedAt), requestedAt]);
      expect(sum(flow.map(({ arrivals }) => arrivals))).toBe(asked.filter((one) => one >= from).length);
    }),
  );
});

it('says how long people took, how soon a job was seen, and what a second of published video cost', () => {
  const asked = { jobId: jobId(1), tenant: 'acme', reasons: [], template: 'product-hero' };
  const sentBack = { subject: 'preview', outcome: 'rework', reviewer: 'ada', reason: '', requestedAt: at(5), decidedAt: at(4) };
  const approved = { subject: 'preview', outcome: 'approved', reviewer: 'ben', reason: '', requestedAt: at(3), decidedAt: at(0.5) };
  const item = ReviewItem.parse({
    ...asked,
    subject: 'preview',
    round: 2,
    status: 'approved',
    requestedAt: at(3),
    deadlineAt: at(-20),
    earlier: [sentBack],
    decision: approved,
  });
  const job = JobRow.parse({
    ...{ jobId: jobId(1), tenant: 'acme', campaign: 'spring', status: 'published', visit: 'publish', percent: 100, sequence: 1 },
    ...{ acceptedAt: at(6), updatedAt: at(0), renderedSeconds: 8, costMicroUsd: 40_000 },
  });
  expect(of([item], 1, [job])).toMatchObject({
    decided: {
      total: 2,
      approved: 1,
      rework: 1,
      inTime: 1,
      humanShare: 1,
      medianSeconds: 3600,
      p95Seconds: 2.5 * 3600,
      reworkSeconds: 3600,
    },
    reviewers: [
      { reviewer: 'ada', decided: 1, medianSeconds: 3600 },
      { reviewer: 'ben', decided: 1, medianSeconds: 9000 },
    ],
    timeToPreview: { jobs: 1, medianSeconds: 3600 },
    cost: { totalMicroUsd: 40_000, renderedSeconds: 8, perRenderedSecondMicroUsd: 5_000 },
  });
});

it('leaves out questions that nobody had to answer any more, and shares of nothing are unknown, not zero', () => {
  const canceled = ReviewItem.parse({
    ...{ jobId: jobId(1), tenant: 'acme', subject: 'preview', status: 'expired', reasons: [], requestedAt: at(3), deadlineAt: at(-20) },
    closed: { at: at(1), because: 'the job was canceled' },
  });
  expect(of([canceled], 1).decided).toMatchObject({
    total: 0,
    expired: 0,
    inTime: null,
    humanShare: null,
    medianSeconds: null,
    reworkSeconds: null,
  });
});
