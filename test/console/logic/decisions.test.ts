import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecideOutput } from '#contracts/review';
import { ClaimOutput, DecisionBody } from '#contracts/review-api';
import { Box } from '#contracts/verdict';
import { bulkSummary, toldAboutClaim, toldAboutDecision } from '../../../console/logic/answers.ts';
import { nextPollSeconds } from '../../../console/logic/backoff.ts';
import { boxBetween, growBox, MIDDLE_BOX, moveBox } from '../../../console/logic/box.ts';
import { niceTop, shares } from '../../../console/logic/chart.ts';
import { newNote, reworkBody, shotsSentBack, whyNotSendable } from '../../../console/logic/draft.ts';
import { actionOf, EVERYWHERE, IN_QUEUE, IN_REVIEW } from '../../../console/logic/keys.ts';
import { dollars } from '../../../console/logic/money.ts';
import { addressOf, routeOf } from '../../../console/logic/route.ts';

const shot = (n: number) => ({ shot: n, start: n * 3, end: n * 3 + 3, description: `shot ${n}`, take: 1 });
const shots = [shot(0), shot(1), shot(2)];

describe('an answer', () => {
  it('of every kind is told in a title and a sentence', () => {
    for (const result of DecideOutput.shape.result.options)
      for (const outcome of ['approved', 'rejected', 'rework'] as const) {
        const told = toldAboutDecision({ result }, outcome, false);
        expect(told.title.length).toBeGreaterThan(5);
        expect(told.detail.length).toBeGreaterThan(10);
      }
    for (const result of ClaimOutput.shape.result.options) expect(toldAboutClaim({ result }).title.length).toBeGreaterThan(5);
  });

  it('after which nothing can be done is over; one that can be mended is not', () => {
    const over = DecideOutput.shape.result.options.filter((result) => toldAboutDecision({ result }, 'approved', false).over);
    expect(over.sort()).toEqual(['already-decided', 'decided', 'expired', 'not-found', 'second-needed']);
  });

  it('about many is counted by what came of each', () => {
    expect(bulkSummary([{ result: 'decided' }, { result: 'decided' }, { result: 'claimed' }])).toBe('2 done, 1 held by others');
  });
});

describe('a rework', () => {
  it('is a body that the contract accepts, with times and shots of its notes', () => {
    const notes = [
      { ...newNote(1, 4.1875, shots), text: ' Calmer. ', box: MIDDLE_BOX },
      { ...newNote(2, 0, shots, 2), text: 'Again', description: ' New ' },
    ];
    const body = DecisionBody.parse(reworkBody(notes, '', 2));
    expect(body.notes).toEqual([
      { shot: 1, at: 4.188, text: 'Calmer.', box: MIDDLE_BOX },
      { shot: 2, at: 0, text: 'Again', description: 'New' },
    ]);
    expect(shotsSentBack(notes)).toEqual([1, 2]);
  });

  it('needs a note, and words in each', () => {
    expect(whyNotSendable([])).toContain('at least one note');
    expect(whyNotSendable([{ ...newNote(1, 0, shots), text: 'x' }, newNote(2, 1, shots)])).toBe('Note 2 has no words yet.');
    expect(whyNotSendable([{ ...newNote(1, 0, shots), text: 'x' }])).toBeUndefined();
  });
});

describe('a box', () => {
  const anywhere = fc.record({ x: fc.double({ min: -1, max: 2, noNaN: true }), y: fc.double({ min: -1, max: 2, noNaN: true }) });
  const fits = (box: Box): void => {
    expect(Box.safeParse(box).success).toBe(true);
    expect(box.x + box.width).toBeLessThanOrEqual(1 + 1e-9);
    expect(box.y + box.height).toBeLessThanOrEqual(1 + 1e-9);
  };

  it('never leaves the picture, however it is drawn, moved or grown', () => {
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, (from, to, by) => {
        const box = boxBetween(from, to);
        if (!box) return;
        fits(box);
        fits(moveBox(box, by.x, by.y));
        fits(growBox(box, by.x, by.y));
      }),
    );
  });

  it('is not made by a click', () => expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.5 })).toBeUndefined());
});

describe('keys', () => {
  const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

  it('are text in a field, and their own on a control', () => {
    expect(actionOf(press('a'), 'page', IN_REVIEW)).toBe('approve');
    expect(actionOf(press('a'), 'field', IN_REVIEW)).toBeUndefined();
    expect(actionOf(press('a'), 'control', IN_REVIEW)).toBe('approve');
    expect(actionOf(press(' '), 'control', IN_REVIEW)).toBeUndefined();
    expect(actionOf(press('Escape'), 'field', EVERYWHERE)).toBe('escape');
  });

  it('with Control, Meta or Alt belong to the browser', () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
      expect(actionOf(press('r', more), 'page', IN_REVIEW)).toBeUndefined();
  });

  it('mean one thing each on a page', () => {
    for (const bindings of [
      [...EVERYWHERE, ...IN_QUEUE],
      [...EVERYWHERE, ...IN_REVIEW],
    ]) {
      const all = bindings.flatMap(({ keys }) => keys);
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

it('finds the page of an address that it wrote, and the queue for any other', () => {
  const id = { jobId: `acme_${'0'.repeat(24)}`, subject: 'final', kind: 'audit' } as const;
  expect(routeOf(addressOf(id))).toEqual({ page: 'review', id });
  for (const hash of ['', '#/', '#/review/nonsense/final/audit', '#/review', '#/%E0%A4%A'])
    expect(routeOf(hash)).toEqual({ page: 'queue' });
});

it('waits longer after every failure, up to a minute', () => {
  expect([0, 1, 2, 3, 4, 50].map(nextPollSeconds)).toEqual([4, 8, 16, 32, 60, 60]);
});

it('writes money with the digits that matter', () => {
  expect([0, 42, 4_388, 48_310, 1_270_000, 1_204_400_000].map(dollars)).toEqual([
    '$0',
    '< $0.0001',
    '$0.0044',
    '$0.048',
    '$1.27',
    '$1,204',
  ]);
});

it('tops an axis with a round number that no value exceeds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (largest) => {
      expect(niceTop(largest)).toBeGreaterThanOrEqual(largest);
      expect(niceTop(largest)).toBeLessThanOrEqual(Math.max(1, largest * 2.5));
    }),
  );
  expect(shares([1, 3])).toEqual([0.25, 0.75]);
  expect(shares([0, 0])).toEqual([0, 0]);
});
