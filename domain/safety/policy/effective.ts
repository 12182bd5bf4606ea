import { createHash } from 'node:crypto';
import type { TenantId } from '#contracts/identity';
import { type Consent, type JudgedCategory, laxerThan, SafetyPolicy, type TenantPolicy, type Thresholds } from '#contracts/safety-policy';
import type { SafetyVerdict } from '#contracts/verdict';
import { canonicalJson } from '#domain/plan/canonical-json';
import { type BriefPolicy, briefPolicy } from '#domain/safety/brief/policy';
import policyFile from './default.json' with { type: 'json' };

/** How sure a rule of a lexicon is. `reject` refuses alone: it was written by people for words that have no other meaning. */
export type RuleSeverity = 'signal' | 'review' | 'reject';

/** The policy that one job of one tenant is judged with. */
export interface EffectivePolicy extends SafetyPolicy {
  /** Of the tenant; whether one holds for a job and a moment is decided when it is needed. */
  readonly consents: readonly Consent[];
  /** The lexicon that the rules voter reads with. */
  readonly lexicon: BriefPolicy;
  /** Version and hash of all of it: thresholds, the tenant's changes, consents and lexicon. */
  readonly stamp: SafetyVerdict['policy'];
}

export interface PolicyParts {
  readonly base?: SafetyPolicy;
  readonly tenant?: TenantPolicy | undefined;
  /** Voters that the deployment switched on: they have to look at whatever they can see. */
  readonly switchedOn?: Partial<SafetyPolicy['expected']>;
  readonly lexicon?: BriefPolicy;
}

/** The policy of this release. Throws, naming what is wrong, rather than judge with half of it. */
export const basePolicy = (): SafetyPolicy => SafetyPolicy.parse(policyFile);

/** Puts the parts together. Throws RangeError when the tenant's part is laxer: synthesis refuses it too, so this is the second lock. */
export function effectivePolicy({
  base = basePolicy(),
  tenant,
  switchedOn = {},
  lexicon = briefPolicy(),
}: PolicyParts = {}): EffectivePolicy {
  if (tenant) requireStricter(base, tenant);
  const person = [...new Set([...base.person, ...(tenant?.person ?? [])])];
  const policy = SafetyPolicy.parse({
    ...base,
    version: tenant ? `${base.version}+${tenant.tenant}.${tenant.version}` : base.version,
    person,
    thresholds: Object.fromEntries(
      Object.entries(base.thresholds).map(([category, standing]) => [category, thresholdsOf(category, standing, tenant, person)]),
    ),
    expected: {
      briefText: union(base.expected.briefText, switchedOn.briefText, tenant?.expected.briefText),
      briefPictures: union(base.expected.briefPictures, switchedOn.briefPictures, tenant?.expected.briefPictures),
      clip: union(base.expected.clip, switchedOn.clip, tenant?.expected.clip),
    },
    persistence: tenant?.persistence ?? base.persistence,
    samplesPerSecond: tenant?.samplesPerSecond ?? base.samplesPerSecond,
    textSamplesPerSecond: tenant?.textSamplesPerSecond ?? base.textSamplesPerSecond,
  } satisfies Record<keyof SafetyPolicy, unknown>);
  const consents = tenant?.consents ?? [];
  const whole = { policy, consents, lexicon: lexicon.sha256 };
  const sha256 = createHash('sha256').update(canonicalJson(whole)).digest('hex');
  return { ...policy, consents, lexicon, stamp: { version: `${policy.version} (lexicon ${lexicon.version})`, sha256 } };
}

/** The policy of a tenant among those that were deployed. */
export const policyOf = (tenant: TenantName, tenants: readonly TenantPolicy[], parts: Omit<PolicyParts, 'tenant'> = {}): EffectivePolicy =>
  effectivePolicy({ ...parts, tenant: tenants.find((one) => one.tenant === tenant) });
type TenantName = ReturnType<typeof TenantId.parse>;

/** Whatever always goes to a person is seen from a half on, even where the base policy asked later. */
const PERSON_REVIEW = 0.5;

function thresholdsOf(
  category: string,
  standing: Thresholds,
  tenant: TenantPolicy | undefined,
  person: readonly JudgedCategory[],
): Thresholds {
  const changed = Object.entries(tenant?.thresholds ?? {}).find(([name]) => name === category)?.[1];
  const review = changed?.review ?? standing.review;
  const block = changed?.block ?? standing.block;
  const capped = person.some((name) => name === category) ? Math.min(review, PERSON_REVIEW) : review;
  return { review: capped, ...(block !== undefined && { block }) };
}

function requireStricter(base: SafetyPolicy, tenant: TenantPolicy): void {
  const problems = laxerThan(base, tenant);
  if (problems.length === 0) return;
  const told = problems.map(({ path, expected, found }) => `${path}: expected ${expected}; found ${found}`).join('\n  ');
  throw new RangeError(`safety policy of tenant ${tenant.tenant}, version ${tenant.version}, may only be stricter:\n  ${told}`);
}

const union = (...lists: readonly (readonly string[] | undefined)[]): string[] => [...new Set(lists.flatMap((list) => list ?? []))];
