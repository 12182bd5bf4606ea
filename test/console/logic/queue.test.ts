import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueueEntry } from '#contracts/review-api';
import { nextQuestion } from '../../../console/logic/next-question.ts';
import { questionKey } from '../../../console/logic/question.ts';
import { filterQueue, NO_FILTER } from '../../../console/logic/queue-filter.ts';
import { changesWord, freshRows, mergeInPlace, movesNothing } from '../../../console/logic/queue-merge.ts';
import { extend, keepOnly, MAX_SELECTED, toggle } from '../../../console/logic/selection.ts';
import { itemOf } from '../room/fixtures.ts';

const NOW = Date.parse('2026-11-27T12:00:00.000Z');
const entryOf = (n: number): QueueEntry => {
  const { dossier: _d, earlier: _e, decision: _x, ...item } = itemOf(n, NOW);
  return QueueEntry.parse({ ...item, urgency: 0.5, mine: true });
};
const queue = Array.from({ length: 30 }, (_, n) => entryOf(n));
const held = (entry: QueueEntry, reviewer: string, seconds = 60): QueueEntry => ({
  ...entry,
  claim: { reviewer, at: new Date(NOW).toISOString(), until: new Date(NOW + seconds * 1000).toISOString() },
});

describe('a list that is brought up to date in place', () => {
  const change = fc.record({
    gone: fc.uniqueArray(fc.nat(29)),
    fresh: fc.uniqueArray(fc.integer({ min: 100, max: 120 })),
    claimed: fc.uniqueArray(fc.nat(29)),
  });

  it('moves no row, and counts what came and went', () => {
    fc.assert(
      fc.property(change, ({ gone, fresh, claimed }) => {
        const shown = freshRows(queue);
        const now = [
          ...fresh.map(entryOf),
          ...queue.flatMap((entry, n) => (gone.includes(n) ? [] : [claimed.includes(n) ? held(entry, 'ines') : entry])),
        ];
        const merged = mergeInPlace(shown, now);
        expect(merged.rows.map(({ key }) => key)).toEqual(shown.map(({ key }) => key));
        expect(merged.arrived).toBe(fresh.length);
        expect(merged.departed).toBe(gone.length);
        merged.rows.forEach((row, n) => {
          expect(row.gone).toBe(gone.includes(n));
          if (!gone.includes(n)) expect(row.entry.claim?.reviewer).toBe(claimed.includes(n) ? 'ines' : undefined);
          if (!gone.includes(n) && !claimed.includes(n)) expect(row).toBe(shown[n]);
        });
      }),
    );
  });

  it('takes a row back that was gone and is there again', () => {
    const without = mergeInPlace(freshRows(queue), queue.slice(1));
    expect(without.rows[0]?.gone).toBe(true);
    expect(mergeInPlace(without.rows, queue).rows[0]?.gone).toBe(false);
  });

  it('says what changed, and nothing when nothing did', () => {
    expect(changesWord({ arrived: 3, departed: 1 })).toBe('3 new, 1 answered');
    expect(changesWord({ arrived: 0, departed: 0 })).toBe('');
    expect(movesNothing(freshRows(queue), queue)).toBe(true);
    expect(movesNothing(freshRows(queue.slice(0, 10)), queue)).toBe(true);
    expect(movesNothing(freshRows(queue), queue.toReversed())).toBe(false);
  });
});

describe('filters', () => {
  it('keep the order and only rows that fit every one of them', () => {
    const found = filterQueue(queue, { ...NO_FILTER, tenant: 'acme', kind: 'decision', text: 'ESPRESSO coffee' }, 'ada', NOW);
    expect(found.length).toBeGreaterThan(0);
    for (const entry of found) expect(entry).toMatchObject({ tenant: 'acme', kind: 'decision', product: 'Morning Espresso' });
    expect(found).toEqual(queue.filter((entry) => found.includes(entry)));
  });

  it('leave everything when there are none', () => expect(filterQueue(queue, NO_FILTER, 'ada', NOW)).toBe(queue));

  it('know what is free: not held, or held no longer, and within one’s skills', () => {
    const [one, two, three, four] = queue;
    const rows = [held(one!, 'ines'), held(two!, 'ines', -1), { ...three!, mine: false }, held(four!, 'ada')];
    expect(filterQueue(rows, { ...NO_FILTER, mine: 'free' }, 'ada', NOW)).toEqual([rows[1]]);
    expect(filterQueue(rows, { ...NO_FILTER, mine: 'claimed' }, 'ada', NOW)).toEqual([rows[3]]);
  });
});

describe('what is offered next', () => {
  it('is one’s own claim, then the most urgent that nobody holds, never the one just answered', () => {
    const [one, two, three] = queue.filter(({ mine }) => mine);
    expect(nextQuestion([held(one!, 'ines'), two!, held(three!, 'ada')], 'ada', NOW)).toMatchObject({ jobId: three!.jobId });
    expect(nextQuestion([held(one!, 'ines'), two!, three!], 'ada', NOW, two)).toBe(three);
    expect(nextQuestion([held(one!, 'ines')], 'ada', NOW)).toBeUndefined();
  });

  it('is not what one has approved already', () => {
    const approved = { ...queue[0]!, firstApproval: { reviewer: 'ada', at: new Date(NOW).toISOString(), reason: '' } };
    expect(nextQuestion([approved], 'ada', NOW)).toBeUndefined();
    expect(nextQuestion([approved], 'ines', NOW)).toBe(approved);
  });
});

describe('a selection', () => {
  const keys = Array.from({ length: 300 }, (_, n) => questionKey(entryOf(n)));

  it('takes everything between two clicks, in either direction', () => {
    const forwards = extend(toggle(new Set(), keys[3]!), keys, keys[3], keys[6]!);
    expect([...forwards].sort()).toEqual(keys.slice(3, 7).sort());
    expect([...extend(new Set([keys[6]!]), keys, keys[6], keys[3]!)].sort()).toEqual(keys.slice(3, 7).sort());
  });

  it('never grows beyond what can be looked at', () => {
    expect(extend(new Set(), keys, keys[0], keys[299]!).size).toBe(MAX_SELECTED);
  });

  it('forgets what left the list', () => {
    const before = new Set([keys[0]!, keys[1]!]);
    expect([...keepOnly(before, new Set([keys[1]!]))]).toEqual([keys[1]]);
    expect(keepOnly(before, new Set(keys))).toBe(before);
  });
});
