import { expect, it } from 'vitest';
import { CLAIM_SECONDS, claimed, heldByAnother, released } from '#domain/review/claims';
import { whyNotMine } from '#domain/review/mine';
import { hour, waiting } from './items.ts';

const ada = { name: 'Ada', lead: false };
const grace = { name: 'Grace', lead: false };
const lead = { name: 'Linus', lead: true };
const inMinutes = (minutes: number) => hour(minutes / 60);

it('gives a question to one reviewer for a quarter of an hour', () => {
  const { result, item } = claimed(waiting(), ada, hour(0));
  expect({ result, claim: item.claim }).toEqual({
    result: 'claimed',
    claim: { reviewer: 'Ada', at: hour(0).toISOString(), until: inMinutes(15).toISOString() },
  });
  expect(claimed(item, grace, inMinutes(14.9))).toEqual({ result: 'taken', item });
  expect(claimed(item, grace, inMinutes(15)).item.claim?.reviewer).toBe('Grace');
  expect(CLAIM_SECONDS).toBe(900);
});

it('renews the claim of whoever claims again, and remembers since when they have been at it', () => {
  const { item } = claimed(waiting(), ada, hour(0));
  expect(claimed(item, ada, inMinutes(10)).item.claim).toEqual({
    reviewer: 'Ada',
    at: hour(0).toISOString(),
    until: inMinutes(25).toISOString(),
  });
});

it('lets a lead take a claim away and give it back, and nobody else', () => {
  const { item } = claimed(waiting(), ada, hour(0));
  expect(claimed(item, lead, inMinutes(1)).item.claim?.reviewer).toBe('Linus');
  expect(released(item, grace, inMinutes(1))).toEqual({ result: 'taken', item });
  for (const by of [ada, lead]) {
    const after = released(item, by, inMinutes(1));
    expect(after.result).toBe('released');
    expect(after.item).not.toHaveProperty('claim');
  }
});

it('claims and releases nothing that is settled or past its deadline', () => {
  const approved = waiting({ status: 'approved' });
  for (const [item, at] of [
    [approved, hour(1)],
    [waiting(), hour(24)],
  ] as const) {
    expect(claimed(item, lead, at)).toEqual({ result: 'settled', item });
    expect(released(item, lead, at)).toEqual({ result: 'settled', item });
  }
});

it('knows a person by their name however it is written', () => {
  const { item } = claimed(waiting(), ada, hour(0));
  expect(heldByAnother(item, ' ada', hour(0))).toBe(false);
  expect(heldByAnother(item, 'Adam', hour(0))).toBe(true);
});

it('says why a question is for others', () => {
  const skilled = (...skills: ('political' | 'minors')[]) => ({ name: 'Ada', skills });
  const political = waiting({ categories: ['political'] });
  expect(whyNotMine(political, skilled('political', 'minors'), hour(1))).toBeUndefined();
  expect(whyNotMine(political, skilled(), hour(1))).toBeUndefined();
  expect(whyNotMine(political, skilled('minors'), hour(1))).toContain('political');
  const approved = waiting({ firstApproval: { reviewer: 'ADA', at: hour(1).toISOString(), reason: '' } });
  expect(whyNotMine(approved, skilled(), hour(2))).toContain('another person');
  expect(whyNotMine(claimed(waiting(), grace, hour(1)).item, skilled(), hour(1))).toContain('Grace');
  expect(whyNotMine(waiting(), skilled(), hour(24))).toContain('deadline');
});
