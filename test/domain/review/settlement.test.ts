import { describe, expect, it } from 'vitest';
import { ReviewItem } from '#contracts/review';
import { claimed } from '#domain/review/claims';
import { type Answer, settlement } from '#domain/review/settlement';
import { hour, waiting } from './items.ts';

const says = (reviewer: string, outcome: Answer['outcome'], more: Partial<Answer> = {}): Answer => ({
  ...{ reviewer, outcome, reason: '', notes: [], round: undefined, at: hour(1) },
  ...more,
});
const rework = { take: 2, shots: [{ shot: 1, take: 2 }] };
const note = { shot: 1, at: 2, text: 'The handle is cut off' };

describe('where two have to approve', () => {
  const asked = waiting({ needsSecond: true });

  it('keeps the first approval, frees the question, and decides with the second of another person', () => {
    const { item } = claimed(asked, { name: 'Ada', lead: false }, hour(0));
    const first = settlement(item, says('Ada', 'approved', { at: hour(0.1), reason: 'likeness is licensed' }));
    expect(first).toMatchObject({ result: 'second-needed', item: { status: 'waiting', firstApproval: { reviewer: 'Ada' } } });
    expect(first.item).not.toHaveProperty('claim');
    expect(settlement(first.item, says('ada ', 'approved'))).toEqual({ result: 'second-needed', item: first.item });
    const second = settlement(first.item, says('Grace', 'approved', { reason: 'saw the licence' }));
    expect(second).toMatchObject({
      result: 'decided',
      item: {
        status: 'approved',
        decision: { reviewer: 'Ada', secondReviewer: 'Grace', reason: 'likeness is licensed / saw the licence' },
      },
    });
    expect(ReviewItem.parse(second.item)).toEqual(second.item);
  });

  it('is refused by one, the first approver included', () => {
    const { item } = settlement(asked, says('Ada', 'approved'));
    for (const reviewer of ['Ada', 'Grace'])
      expect(settlement(item, says(reviewer, 'rejected'))).toMatchObject({ result: 'decided', item: { status: 'rejected' } });
    expect(settlement(asked, says('Ada', 'rejected'))).toMatchObject({ result: 'decided', item: { decision: { reviewer: 'Ada' } } });
  });
});

it('waits for whoever is at it, and for nobody once their claim has run out', () => {
  const { item } = claimed(waiting(), { name: 'Ada', lead: false }, hour(1));
  expect(settlement(item, says('Grace', 'approved', { at: hour(1.2) }))).toEqual({ result: 'claimed', item });
  expect(settlement(item, says('Ada', 'approved', { at: hour(1.2) })).result).toBe('decided');
  const after = settlement(item, says('Grace', 'approved', { at: hour(1.25) }));
  expect(after.result).toBe('decided');
  expect(after.item).not.toHaveProperty('claim');
});

it('answers a decision about another round with how it stands', () => {
  const item = waiting({ round: 2 });
  for (const round of [1, 3]) expect(settlement(item, says('Ada', 'approved', { round }))).toEqual({ result: 'stale', item });
  expect(settlement(item, says('Ada', 'approved', { round: 2 })).item.decision?.round).toBe(2);
});

it('closes a question with its deadline when somebody answers late', () => {
  const { result, item } = settlement(waiting(), says('Ada', 'approved', { at: hour(24) }));
  expect(result).toBe('expired');
  expect(item).toMatchObject({ status: 'expired', closed: { at: hour(24).toISOString(), because: expect.stringContaining('deadline') } });
  expect(settlement(item, says('Grace', 'rejected', { at: hour(25) }))).toEqual({ result: 'expired', item });
});

describe('sending back', () => {
  const followed = { round: 1, plan: { rework } };

  it('keeps the notes and what they come to', () => {
    const { result, item } = settlement(waiting(), says('Ada', 'rework', { notes: [note], followed }));
    expect({ result, status: item.status, decision: item.decision }).toMatchObject({
      result: 'decided',
      status: 'rework',
      decision: { outcome: 'rework', notes: [note], rework },
    });
  });

  it.each([
    ['an audit', waiting({ kind: 'audit' }), 'audit'],
    ['a brief', waiting({ subject: 'brief' }), 'brief'],
    ['the last round', waiting({ round: 5 }), 'last of 5 rounds'],
  ])('is refused for %s', (_, item, why) => {
    const judgement = settlement(item, says('Ada', 'rework', { notes: [note], followed: { ...followed, round: item.round } }));
    expect(judgement).toEqual({ result: 'refused', item, problem: expect.stringContaining(why) });
  });

  it('is refused with what is wrong with the notes', () => {
    const item = waiting();
    const judgement = settlement(item, says('Ada', 'rework', { followed: { round: 1, plan: { problem: 'no such shot' } } }));
    expect(judgement).toEqual({ result: 'refused', item, problem: 'no such shot' });
  });

  it('is stale when the notes were written about an earlier round', () => {
    const item = waiting({ round: 2 });
    expect(settlement(item, says('Ada', 'rework', { notes: [note], followed }))).toEqual({ result: 'stale', item });
  });
});
