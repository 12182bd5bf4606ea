import { describe, expect, it } from 'vitest';
import { TenantPolicy } from '#contracts/safety-policy';
import { screenWords } from '#domain/safety/brief/screen';
import { effectivePolicy } from '#domain/safety/policy/effective';
import { judge } from '#domain/safety/router';
import { readersOf } from './brief/readers.ts';
import { vote, whose } from './world.ts';

const consent = {
  category: 'public-figure' as const,
  names: ['Elon Musk'],
  by: 'his agency',
  evidence: 'contract 2026-114',
  covers: ['words' as const],
  from: '2026-01-01T00:00:00Z',
  until: '2026-12-01T00:00:00Z',
};
const under = (change: Partial<typeof consent> & { campaigns?: string[] }) =>
  effectivePolicy({
    tenant: TenantPolicy.parse({
      schema: 'framewright/tenant-safety-policy/v1',
      tenant: 'acme',
      version: '1',
      consents: [{ ...consent, ...change }],
    }),
  });
const named = [{ name: 'caption', text: 'Elon  MUSK drinks our coffee' }];
const spoken = (policy: ReturnType<typeof under>, when = whose) => screenWords(named, readersOf(policy), policy, when);

describe('a consent', () => {
  it('makes naming somebody no reason', async () => {
    expect((await spoken(effectivePolicy())).verdict).toBe('review');
    expect(await spoken(under({}))).toMatchObject({
      verdict: 'allow',
      reasons: [],
      ballots: [{ highest: { 'public-figure': expect.any(Number) } }, { voter: 'learned-text@5' }],
    });
  });

  it.each([
    ['it has ended', under({ until: '2026-11-01T00:00:00Z' }), 'the consent contract 2026-114 ended at 2026-11-01T00:00:00Z'],
    ['it has not begun', under({ from: '2026-11-28T00:00:00Z' }), 'the consent contract 2026-114 begins at 2026-11-28T00:00:00Z'],
    ['it is for another campaign', under({ campaigns: ['autumn'] }), 'does not cover this campaign or words'],
  ])('is none when %s, and the reason says so', async (_, policy, why) => {
    const { verdict, reasons } = await spoken(policy);
    expect(verdict).toBe('review');
    expect(reasons[0]?.evidence).toContain(why);
  });

  it('to be named is none to be shown', () => {
    const face = { ...vote('public-figure', 0.99, { entity: 'Elon Musk' }) };
    const shown = (policy: ReturnType<typeof under>) =>
      judge(
        {
          testimonies: [
            {
              voter: { id: 'rekognition-celebrities@1', sees: 'picture', categories: ['public-figure'] },
              looks: [{ answer: { status: 'voted', votes: [face] }, judged: 1, picture: 'product.photo' }],
            },
          ],
          expected: [],
          gaps: [],
          whose,
        },
        policy,
      ).verdict;
    expect(shown(under({}))).toBe('review');
    expect(
      shown(
        effectivePolicy({
          tenant: TenantPolicy.parse({
            schema: 'framewright/tenant-safety-policy/v1',
            tenant: 'acme',
            version: '1',
            consents: [{ ...consent, covers: ['pictures'] }],
          }),
        }),
      ),
    ).toBe('allow');
  });

  it('covers one person and not what is said besides', async () => {
    const policy = under({});
    const verdictOf = async (text: string) => (await screenWords([{ name: 'caption', text }], readersOf(policy), policy, whose)).verdict;
    expect(await verdictOf('Elon Musk and Taylor Swift')).toBe('review');
    expect(await verdictOf('Elon Musk will kill everyone')).toBe('reject');
  });
});
