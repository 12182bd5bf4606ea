import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TogetherView } from '#contracts/review-api';
import { sheetAfter, sheetBody, sheetSummary, whyNotApprovable } from '../../../console/logic/sheet.ts';

const { clips } = TogetherView.parse(
  JSON.parse(readFileSync(new URL('../../../contracts/examples/together-view/two-of-a-campaign.json', import.meta.url), 'utf8')),
);
const [one, other] = clips;
const third = { ...one!, entry: { ...one!.entry, jobId: `acme_${'0'.repeat(23)}9` } };
const sheet = sheetAfter([], { clips });

describe('a sheet', () => {
  it('cannot be approved before each clip that stays was watched to its end', () => {
    expect(whyNotApprovable(sheet)).toContain('2 clips');
    expect(whyNotApprovable(sheet.map((clip, index) => ({ ...clip, watched: index === 0 })))).toContain('1 clip ');
    expect(whyNotApprovable(sheet.map((clip, index) => ({ ...clip, watched: index === 0, leftOut: index === 1 })))).toBeUndefined();
    expect(whyNotApprovable(sheet.map((clip) => ({ ...clip, leftOut: true })))).toContain('Everything is left out');
    expect(whyNotApprovable(sheet.slice(0, 1))).toContain('by itself');
  });

  it('keeps places, links and what was done when it is asked for again, and loses what went', () => {
    const done = sheet.map((clip) => ({ ...clip, watched: true }));
    const renewed = { ...other!, clip: { ...other!.clip, url: 'https://example.com/another-link' } };
    const after = sheetAfter(done, { clips: [third, renewed] });
    expect(after.map(({ shown }) => shown.entry.jobId)).toEqual([other!.entry.jobId, third.entry.jobId]);
    expect(after.map(({ watched }) => watched)).toEqual([true, false]);
    expect(after[0]?.shown.clip.url).toBe(other!.clip.url);
  });

  it('sends every clip that was shown, and says how it went', () => {
    const body = sheetBody(sheet.map((clip, index) => ({ ...clip, leftOut: index === 1 })));
    expect(body.clips.map(({ approve }) => approve)).toEqual([true, false]);
    expect(
      sheetSummary({
        results: [
          { jobId: one!.entry.jobId, result: 'decided' },
          { jobId: other!.entry.jobId, result: 'left-out' },
        ],
      }),
    ).toBe('1 approved, 1 left out');
  });
});
