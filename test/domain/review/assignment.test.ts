import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { assign, type Reviewer } from '#domain/review/assignment';
import { claimed } from '#domain/review/claims';
import { expectedSeconds } from '#domain/review/handling';
import { whyNotMine } from '#domain/review/mine';
import { urgency } from '#domain/review/urgency';
import { anyWaiting, hour, waiting } from './items.ts';

const reviewer = (name: string, more: Partial<Reviewer> = {}): Reviewer => ({ name, skills: [], load: 0, shiftEnds: hour(8), ...more });
const political = waiting({ jobId: 'acme_00000000000000000000000a', categories: ['political'] });
const plain = waiting({ jobId: 'acme_00000000000000000000000b' });

it('gives the most urgent question first, and each person one', () => {
  const sooner = waiting({ jobId: 'acme_00000000000000000000000c', deadlineAt: hour(2).toISOString() });
  expect(assign([plain, sooner], [reviewer('Ada')], hour(1))).toEqual([{ reviewer: 'Ada', item: sooner }]);
});

it('keeps those who can do more for what only they can do', () => {
  const people = [reviewer('Ada', { skills: ['political', 'minors'] }), reviewer('Grace', { skills: ['violence'] })];
  const later = { ...political, deadlineAt: hour(30).toISOString() };
  expect(assign([plain, later], people, hour(1))).toEqual([
    { reviewer: 'Grace', item: plain },
    { reviewer: 'Ada', item: later },
  ]);
});

it('gives a second look to another person', () => {
  const approved = { ...plain, needsSecond: true, firstApproval: { reviewer: 'Ada', at: hour(0).toISOString(), reason: '' } };
  expect(assign([approved], [reviewer('Ada'), reviewer('Grace')], hour(1))).toEqual([{ reviewer: 'Grace', item: approved }]);
  expect(assign([approved], [reviewer('Ada')], hour(1))).toEqual([]);
});

it('gives nothing that cannot be finished before the shift ends', () => {
  const soon = new Date(hour(8).getTime() - (expectedSeconds(plain) - 1) * 1000);
  expect(assign([plain], [reviewer('Ada')], soon)).toEqual([]);
  expect(assign([plain], [reviewer('Ada')], new Date(soon.getTime() - 1000))).toHaveLength(1);
});

const anyReviewers = fc
  .array(fc.record({ skills: fc.subarray([...SAFETY_CATEGORIES]), load: fc.constantFrom(0, 0, 1) }), { maxLength: 5 })
  .map((people) => people.map((one, index) => reviewer(`R${index}`, one)));
const anyQueue = fc.uniqueArray(anyWaiting, { maxLength: 12, selector: ({ jobId, subject, kind }) => `${jobId}${subject}${kind}` });

it('proposes what may be taken, once each, to free people once each, and leaves nobody idle beside what they could do', () => {
  fc.assert(
    fc.property(anyQueue, anyReviewers, fc.integer({ min: 0, max: 6 }), fc.boolean(), (items, people, at, someClaimed) => {
      const now = hour(at);
      const queue = items.map((item, index) =>
        someClaimed && index % 3 === 0 ? claimed(item, { name: 'Zed', lead: false }, now).item : item,
      );
      const proposals = assign(queue, people, now);
      expect(new Set(proposals.map(({ reviewer: name }) => name)).size).toBe(proposals.length);
      expect(new Set(proposals.map(({ item }) => item)).size).toBe(proposals.length);
      for (const { reviewer: name, item } of proposals) {
        const person = people.find((one) => one.name === name);
        expect(person?.load).toBe(0);
        expect(person && whyNotMine(item, person, now)).toBeUndefined();
      }
      const idle = people.filter(({ name, load }) => load === 0 && !proposals.some((one) => one.reviewer === name));
      const left = queue.filter((item) => !proposals.some((one) => one.item === item));
      for (const person of idle) expect(left.filter((item) => whyNotMine(item, person, now) === undefined && !item.claim)).toEqual([]);
      const rates = proposals.map(({ item }) => urgency(item, now));
      expect(rates).toEqual([...rates].sort((one, other) => other - one));
    }),
  );
});
