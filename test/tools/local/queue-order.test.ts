import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrder, type Use, type Waiting, weightOf } from '../../../tools/local/batch/queue-order.ts';

const shares = fc.option(fc.record({ identifier: fc.constantFrom('interactive', 'bulk', 'night'), weight: fc.constantFrom(0.125, 1, 8) }), {
  nil: undefined,
});
const waiting: fc.Arbitrary<Waiting[]> = fc
  .array(fc.record({ queue: fc.constantFrom('q1', 'q2', 'q3'), schedulingPriority: fc.integer({ min: 0, max: 3 }), share: shares }), {
    maxLength: 30,
  })
  .map((jobs) => jobs.map((job, arrival) => ({ ...job, jobId: `j${arrival}`, arrival, queuePriority: job.queue === 'q1' ? 10 : 1 })));
const uses: fc.Arbitrary<Use[]> = fc.array(
  fc.record({
    queue: fc.constantFrom('q1', 'q2', 'q3'),
    shareIdentifier: fc.constantFrom('interactive', 'bulk', 'night'),
    vcpuSeconds: fc.nat(1000),
  }),
  { maxLength: 10 },
);
const job = (jobId: string, arrival: number, identifier?: string, more: Partial<Waiting> = {}): Waiting => ({
  jobId,
  arrival,
  queue: 'q',
  queuePriority: 1,
  schedulingPriority: 0,
  share: identifier === undefined ? undefined : { identifier, weight: 1 },
  ...more,
});
const ids = (jobs: readonly Waiting[]) => jobs.map(({ jobId }) => jobId).join(' ');
const use = (shareIdentifier: string, vcpuSeconds: number): Use => ({ queue: 'q', shareIdentifier, vcpuSeconds });

describe('the order of waiting jobs', () => {
  it('loses nobody, and does not depend on the order in which it is asked', () => {
    fc.assert(
      fc.property(waiting, uses, (jobs, used) => {
        const order = inOrder(jobs, used);
        expect([...order].sort((a, b) => a.arrival - b.arrival)).toEqual(jobs);
        expect(inOrder([...jobs].reverse(), used)).toEqual(order);
      }),
    );
  });

  it('serves a queue of higher priority first', () => {
    fc.assert(
      fc.property(waiting, uses, (jobs, used) => {
        const priorities = inOrder(jobs, used).map(({ queuePriority }) => queuePriority);
        expect(priorities).toEqual([...priorities].sort((a, b) => b - a));
      }),
    );
  });

  it('is first come, first served without fair share', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]), (arrivals) => {
        const order = inOrder(
          arrivals.map((arrival) => job(`j${arrival}`, arrival, undefined, { schedulingPriority: arrival % 3 })),
          [],
        );
        expect(order.map(({ arrival }) => arrival)).toEqual([...arrivals].sort((a, b) => a - b));
      }),
    );
  });

  it('serves the identifier that used least for its weight', () => {
    const jobs = [job('bulk', 1, 'bulk'), job('interactive', 2, 'interactive')];
    expect(ids(inOrder(jobs, [use('bulk', 100), use('interactive', 10)]))).toBe('interactive bulk');
    expect(ids(inOrder(jobs, [use('bulk', 10), use('interactive', 100)]))).toBe('bulk interactive');
    const favoured = [job('bulk', 1, 'bulk'), { ...job('interactive', 2), share: { identifier: 'interactive', weight: 0.05 } }];
    expect(ids(inOrder(favoured, [use('bulk', 10), use('interactive', 100)]))).toBe('interactive bulk');
  });

  it('lets scheduling priority decide inside one identifier only', () => {
    const jobs = [job('a1', 1, 'a'), job('b', 2, 'b', { schedulingPriority: 5 }), job('a2', 3, 'a', { schedulingPriority: 9 })];
    expect(ids(inOrder(jobs, []))).toBe('a2 a1 b');
  });

  it('shares the places evenly between identifiers of one weight, whoever has the longer queue', () => {
    const counts = { many: 0, few: 0 };
    let left = [...Array(20).keys()]
      .map((n) => job(`many${n}`, n, 'many'))
      .concat([...Array(5).keys()].map((n) => job(`few${n}`, 100 + n, 'few')));
    const used: Use[] = [];
    for (let place = 0; place < 8; place++) {
      const [next] = inOrder(left, used);
      if (next?.share === undefined) throw new Error('nobody is next');
      counts[next.share.identifier === 'many' ? 'many' : 'few']++;
      used.push(use(next.share.identifier, 60));
      left = left.filter(({ jobId }) => jobId !== next.jobId);
    }
    expect(counts).toEqual({ many: 4, few: 4 });
  });
});

it('the weight of an identifier is that of the closest entry, and 1 without one', () => {
  const distribution = [
    { shareIdentifier: 'bulk*', weightFactor: 8 },
    { shareIdentifier: 'bulk-gold', weightFactor: 2 },
    { shareIdentifier: 'interactive' },
  ];
  expect(['bulk-x', 'bulk-gold', 'interactive', 'other'].map((identifier) => weightOf(identifier, distribution))).toEqual([8, 2, 1, 1]);
});
