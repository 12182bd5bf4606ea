import { describe, expect, it } from 'vitest';
import { DecideInput } from '#contracts/review';
import { TenantPolicy } from '#contracts/safety-policy';
import { requestDecision } from '#domain/review/ask';
import { decide } from '#domain/review/decide';
import { screenByPolicies } from '#domain/review/screen-words';
import { readersOf } from '../safety/brief/readers.ts';
import { jobId, of, previewRequest, reviewWorld } from './world.ts';

/** Doubted by the lexicon with 0.75 as a public figure, unless they agreed. */
const named = [{ name: 'storyboard[0].description', text: 'Taylor Swift waves' }];
const whose = { tenant: 'acme', campaign: 'spring', now: '2026-11-24T08:31:00.000Z' };
const tenant = (more: object) =>
  TenantPolicy.parse({ schema: 'framewright/tenant-safety-policy/v1', tenant: 'acme', version: '7', ...more });
const consent = {
  category: 'public-figure',
  names: ['Taylor Swift'],
  covers: ['words', 'pictures'],
  evidence: 'contract 4711',
  by: 'legal',
  from: '2026-01-01T00:00:00Z',
  until: '2027-01-01T00:00:00Z',
};

describe('new words of a reviewer', () => {
  it('are read by the policy of the tenant whose clip it is: a consent of theirs holds, one of another does not', async () => {
    const screen = screenByPolicies({ tenants: async () => [tenant({ consents: [consent] })], readers: readersOf });
    expect(await screen(named, whose)).toBeUndefined();
    expect(await screen(named, { ...whose, tenant: 'globex' })).toContain('public-figure');
    expect(await screen(named, { ...whose, now: '2027-06-01T00:00:00Z' })).toContain('public-figure');
  });

  it('ask for no policy when there are none', async () => {
    const asked = () => Promise.reject(new Error('asked'));
    expect(await screenByPolicies({ tenants: asked, readers: readersOf })([], whose)).toBeUndefined();
  });

  it('are read for the tenant and the campaign of the question', async () => {
    const world = reviewWorld();
    await requestDecision(previewRequest, of('product-hero'), world.neighbours);
    const seen: unknown[] = [];
    const to = {
      ...world.neighbours,
      screenWords: async (_: unknown, about: unknown) => {
        seen.push(about);
        return 'no';
      },
    };
    const notes = [{ shot: 0, at: 0.5, text: 'softer', description: 'Soft waves' }];
    const answer = await decide(DecideInput.parse({ jobId, outcome: 'rework', reviewer: 'Ada', notes }), to);
    expect(answer).toMatchObject({ result: 'refused', problem: 'no' });
    expect(seen).toEqual([{ tenant: 'acme', campaign: previewRequest.message.job.campaign, now: '2026-11-24T08:31:00.000Z' }]);
  });
});
