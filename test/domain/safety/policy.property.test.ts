import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JudgedCategory, laxerThan, TenantPolicy } from '#contracts/safety-policy';
import { basePolicy, effectivePolicy } from '#domain/safety/policy/effective';
import { type Hearing, judge } from '#domain/safety/router';
import { said, sawFrames, vote, whose } from './world.ts';

const base = basePolicy();
const share = fc.double({ min: 0, max: 1, noNaN: true });
const category = fc.constantFrom(...JudgedCategory.options);
const voterName = fc.constantFrom(...Object.keys(base.voters), 'nobody');

/** Overrides of every kind: stricter, laxer and senseless ones. */
const overrides = fc
  .record({
    thresholds: fc.dictionary(category, fc.record({ review: share, block: share }, { requiredKeys: [] }), { maxKeys: 4 }),
    person: fc.uniqueArray(category, { maxLength: 3 }),
    expected: fc.record(
      { briefText: fc.array(voterName, { minLength: 1, maxLength: 2 }), clip: fc.array(voterName, { minLength: 1, maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    persistence: fc.option(
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 })).map(([hits, more]) => ({ hits, of: hits + more })),
      { nil: undefined },
    ),
    samplesPerSecond: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  })
  .map((change) => TenantPolicy.parse({ schema: 'framewright/tenant-safety-policy/v1', tenant: 'acme', version: '1', ...change }));
/** Half of what is drawn is pulled below the base, so that many are accepted. */
const oftenStricter = fc.tuple(overrides, fc.boolean()).map(([override, pull]) =>
  pull
    ? TenantPolicy.parse({
        ...override,
        expected: {},
        thresholds: Object.fromEntries(
          Object.entries(override.thresholds).map(([name, { review = 1, block = 1 }]) => {
            const standing = base.thresholds[JudgedCategory.parse(name)];
            const lower = Math.min(review, standing.review);
            return [name, { review: lower, block: Math.max(lower, Math.min(block, standing.block ?? 1)) }];
          }),
        ),
        persistence: override.persistence && { hits: Math.min(2, override.persistence.hits), of: Math.max(3, override.persistence.of) },
        samplesPerSecond: 4 + (override.samplesPerSecond ?? 0),
      })
    : override,
);

/** Everything a door may hear: frames of two voters, words of two readers. */
const hearings: fc.Arbitrary<Hearing> = fc
  .record({
    one: fc.tuple(category, fc.array(share, { minLength: 6, maxLength: 6 })),
    other: fc.array(share, { minLength: 6, maxLength: 6 }),
    same: fc.boolean(),
    otherCategory: category,
    words: fc.array(fc.tuple(category, share), { maxLength: 4 }),
    rule: fc.option(fc.constantFrom('hate', 'hate-doubtful', 'sexual-and-minor', 'alcohol-mention'), { nil: undefined }),
  })
  .map(({ one: [first, scores], other, same, otherCategory, words, rule }) => ({
    testimonies: [
      sawFrames('open-nsfw@1', first, scores),
      sawFrames('nsfw-mobilenet@1', same ? first : otherCategory, other),
      said(
        'comprehend-toxicity@1',
        words.map(([name, score]) => vote(name, score)),
        [...JudgedCategory.options],
      ),
      said('rules@1', rule === undefined ? [] : [vote('hate', 0.5, { rule })], [...JudgedCategory.options]),
    ],
    expected: ['rules'],
    gaps: [],
    whose,
    clip: { frames: 36, fps: 24, sampled: [5, 11, 17, 23, 29, 35] },
  }));

const rank = { allow: 0, review: 1, reject: 2 } as const;

describe('a tenant', () => {
  it('can only be stricter: whatever was voted, an accepted override gives a verdict at least as strict', () => {
    const plain = effectivePolicy();
    let accepted = 0;
    fc.assert(
      fc.property(oftenStricter, hearings, (override, hearing) => {
        if (laxerThan(base, override).length > 0) {
          expect(() => effectivePolicy({ tenant: override })).toThrow(/may only be stricter/);
          return;
        }
        accepted++;
        const strict = effectivePolicy({ tenant: override });
        expect(rank[judge(hearing, strict).verdict]).toBeGreaterThanOrEqual(rank[judge(hearing, plain).verdict]);
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(500); // or the property said nothing
  });

  it.each([
    ['thresholds.sexual.review', { thresholds: { sexual: { review: 0.31 } } }, 'at most 0.3', '0.31'],
    ['thresholds.hate.block', { thresholds: { hate: { block: 0.95 } } }, 'at most 0.9', '0.95'],
    ['thresholds.minors.block', { thresholds: { minors: { block: 0.4 } } }, 'at least 0.5', '0.4'],
    ['persistence.hits', { persistence: { hits: 3, of: 3 } }, 'at most 2', '3'],
    ['persistence.of', { persistence: { hits: 1, of: 2 } }, 'at least 3', '2'],
    ['samplesPerSecond', { samplesPerSecond: 2 }, 'at least 4', '2'],
    ['expected.clip', { expected: { clip: ['crystal-ball'] } }, 'a voter that the policy knows', 'crystal-ball'],
  ])('is told what is laxer at %s, why, and what was found', (path, change, expected, found) => {
    const tenant = TenantPolicy.parse({ schema: 'framewright/tenant-safety-policy/v1', tenant: 'acme', version: '1', ...change });
    expect(laxerThan(base, tenant)).toEqual([{ path, expected: expect.stringContaining(expected), found }]);
  });
});

describe('the stamp of a verdict', () => {
  const tenant = TenantPolicy.parse({
    schema: 'framewright/tenant-safety-policy/v1',
    tenant: 'acme',
    version: '7',
    thresholds: { hate: { review: 0.2 } },
  });

  it('names the release, the tenant and the lexicon', () => {
    expect(effectivePolicy({ tenant }).stamp.version).toMatch(/^\S+\+acme\.7 \(lexicon \S+\)$/);
  });

  it('has another hash when a threshold, a consent, a voter or a rule is another', () => {
    const consents = [
      {
        category: 'brand-ip',
        names: ['acme cola'],
        by: 'Acme',
        evidence: 'C-1',
        covers: ['words'],
        from: '2026-01-01T00:00:00Z',
        until: '2027-01-01T00:00:00Z',
      },
    ];
    const plain = effectivePolicy();
    const hashes = [
      plain,
      effectivePolicy({ tenant }),
      effectivePolicy({ tenant: TenantPolicy.parse({ ...tenant, consents }) }),
      effectivePolicy({ switchedOn: { clip: ['rekognition-labels'] } }),
      effectivePolicy({ lexicon: { ...plain.lexicon, sha256: '0'.repeat(64) } }),
    ].map(({ stamp }) => stamp.sha256);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(effectivePolicy().stamp).toEqual(plain.stamp);
  });
});
