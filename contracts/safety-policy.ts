import * as z from 'zod';
import { Instant, TenantId } from './identity.ts';
import { SafetyCategory } from './verdict.ts';

/** What thresholds are about; `unchecked` has none: a check that failed always goes to a person. */
export const JudgedCategory = SafetyCategory.exclude(['unchecked']);
export type JudgedCategory = z.infer<typeof JudgedCategory>;

const Share = z.number().min(0).max(1);

/** `review`: from this score on a person looks. `block`: from this score on it is refused; where it is left out, no score refuses. */
export const Thresholds = z
  .strictObject({ review: Share, block: Share.optional() })
  .refine(({ review, block }) => block === undefined || review <= block, {
    path: ['block'],
    message: 'expected at least the review threshold: what is refused would have been asked about',
  });
export type Thresholds = z.infer<typeof Thresholds>;

/** Scores of a voter's own scale and what they mean on the policy's; straight lines in between. */
const Scale = z
  .array(z.strictObject({ raw: Share, means: Share }))
  .min(2)
  .refine((points) => points[0]?.raw === 0 && points.at(-1)?.raw === 1, 'expected the scale to begin at raw 0 and to end at raw 1')
  .refine(
    (points) => points.every(({ raw, means }, at) => at === 0 || (raw > points[at - 1]!.raw && means >= points[at - 1]!.means)),
    'expected raw scores to rise and their meaning never to fall',
  );
export type Scale = z.infer<typeof Scale>;

/** Name of a voter or a reader without its version: `open-nsfw`. */
const VoterName = z.string().regex(/^[a-z][a-z0-9-]*$/);

export const VoterSettings = z.strictObject({
  /** The version that the scale was measured with; any other is not judged. Left out where the scale is the policy's own. */
  version: z.string().min(1).optional(),
  scale: z.partialRecord(JudgedCategory, Scale).default({}),
  /** Longest time for one look, in seconds. A minute is long for a frame, and a clip has a hundred. */
  seconds: z.number().positive().max(60),
  /** How often it looks at a clip in each second, for one that is slow and looks for what stays; the policy's rate when left out. */
  samplesPerSecond: z.number().min(0.5).max(30).optional(),
});
export type VoterSettings = z.infer<typeof VoterSettings>;

/** Who has to look. A voter that is named here and does not look makes the verdict `review`. */
const Expected = z.strictObject({
  briefText: z.array(VoterName).min(1),
  briefPictures: z.array(VoterName).min(1),
  clip: z.array(VoterName).min(1),
});

/** The same list where a door may add nobody. */
const SwitchedOn = z.strictObject({ briefText: z.array(VoterName), briefPictures: z.array(VoterName), clip: z.array(VoterName) });

/** A finding stands when `hits` of `of` consecutive samples show it. */
const Persistence = z
  .strictObject({ hits: z.int().positive(), of: z.int().positive() })
  .refine(({ hits, of }) => hits <= of, 'expected no more hits than samples');

/** Categories that always go to a person may not be switched off by a threshold that nothing reaches. */
const MOST_PERSON_REVIEW = 0.5;

export const SafetyPolicy = z
  .strictObject({
    schema: z.literal('framewright/safety-policy/v1'),
    /** Change anything, change the version: a verdict names it together with the hash. */
    version: z.string().min(1).max(64),
    thresholds: z.record(JudgedCategory, Thresholds),
    /** Whatever is found in these, however faintly, is never allowed without a person. */
    person: z.array(JudgedCategory),
    /** Every voter and reader that the policy can judge, by name. */
    voters: z.record(VoterName, VoterSettings),
    expected: Expected,
    persistence: Persistence,
    /** Frames of a clip that have to be looked at, at least, for each of its seconds. */
    samplesPerSecond: z.number().min(1).max(30),
    /** Frames that are read for text, at least, for each second. Text that nobody can read does not matter, and reading takes half a second. */
    textSamplesPerSecond: z.number().min(0.5).max(30),
  })
  .superRefine(({ expected, voters, person, thresholds }, context) => {
    for (const [door, names] of Object.entries(expected))
      for (const name of names)
        if (!(name in voters))
          context.addIssue({ code: 'custom', path: ['expected', door], message: `expected a voter that the policy knows, found ${name}` });
    for (const category of person)
      if ((thresholds[category]?.review ?? 0) > MOST_PERSON_REVIEW)
        context.addIssue({
          code: 'custom',
          path: ['thresholds', category, 'review'],
          message: `expected at most ${MOST_PERSON_REVIEW}: this category always goes to a person`,
        });
  });
export type SafetyPolicy = z.infer<typeof SafetyPolicy>;

/** Somebody or something that a tenant may show, because whoever may say so has said so. */
export const Consent = z
  .strictObject({
    category: z.enum(['public-figure', 'brand-ip']),
    /** Every name it is recognised by: `jane doe`, `j doe`. Case, spaces and signs do not matter. */
    names: z.array(z.string().min(2).max(120)).min(1),
    /** Who gave it. */
    by: z.string().min(1).max(200),
    /** Where the paper is: a contract number, an address in an archive. Never the paper itself. */
    evidence: z.string().min(1).max(300),
    /** Campaigns it holds for; every campaign of the tenant when left out. */
    campaigns: z.array(z.string()).min(1).optional(),
    /** What it allows: to be named, to be shown, or both. */
    covers: z.array(z.enum(['words', 'pictures'])).min(1),
    from: Instant,
    until: Instant,
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { path: ['until'], message: 'expected a time after `from`' });
export type Consent = z.infer<typeof Consent>;

/** What a tenant changes: only to be stricter (`laxerThan`), and consents that it can show. One file a tenant. */
export const TenantPolicy = z.strictObject({
  schema: z.literal('framewright/tenant-safety-policy/v1'),
  tenant: TenantId,
  version: z.string().min(1).max(64),
  thresholds: z.partialRecord(JudgedCategory, z.strictObject({ review: Share.optional(), block: Share.optional() })).default({}),
  person: z.array(JudgedCategory).default([]),
  /** Voters that have to look besides those of the policy. */
  expected: Expected.partial().default({}),
  persistence: Persistence.optional(),
  samplesPerSecond: z.number().positive().optional(),
  textSamplesPerSecond: z.number().positive().optional(),
  consents: z.array(Consent).max(1_000).default([]),
});
export type TenantPolicy = z.infer<typeof TenantPolicy>;

/** What the deployment brings for its tenants, checked when it was synthesized. */
export const DeployedPolicies = z.strictObject({
  schema: z.literal('framewright/deployed-safety-policies/v1'),
  tenants: z.array(TenantPolicy),
});
export type DeployedPolicies = z.infer<typeof DeployedPolicies>;

/** Services of AWS that vote besides our own models. Each sees what customers uploaded, so nothing is on unless a deployment says so. */
export const CloudVoters = z.strictObject({
  /** DetectModerationLabels on pictures and frames. */
  rekognitionLabels: z.literal(true).optional(),
  /** RecognizeCelebrities on pictures and frames. */
  rekognitionCelebrities: z.literal(true).optional(),
  /** ApplyGuardrail: a guardrail of the account, its published version, and what it is shown. */
  guardrail: z
    .strictObject({
      id: z.string().regex(/^[a-z0-9]+$/),
      version: z.string().regex(/^[1-9][0-9]{0,7}$/, 'expected a published version such as 1: DRAFT changes under a running job'),
      sees: z.array(z.enum(['text', 'pictures'])).min(1),
    })
    .optional(),
  /** DetectToxicContent on words, English only. */
  comprehendToxicity: z.literal(true).optional(),
});
export type CloudVoters = z.infer<typeof CloudVoters>;

/** Names of the voters that are switched on: each of them then has to look. */
export function switchedOnBy({
  rekognitionLabels,
  rekognitionCelebrities,
  guardrail,
  comprehendToxicity,
}: CloudVoters): z.infer<typeof SwitchedOn> {
  const text = [...(comprehendToxicity ? ['comprehend-toxicity'] : []), ...(guardrail?.sees.includes('text') ? ['guardrail-text'] : [])];
  const pictures = [
    ...(rekognitionLabels ? ['rekognition-labels'] : []),
    ...(rekognitionCelebrities ? ['rekognition-celebrities'] : []),
    ...(guardrail?.sees.includes('pictures') ? ['guardrail-pictures'] : []),
  ];
  // Words on the screen of a clip are read when there are any, so readers of words are not expected there.
  return { briefText: text, briefPictures: pictures, clip: pictures };
}

/** One way in which an override does not fit: where, what would be right, what stands there. */
export interface OverrideProblem {
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

/** Every place where a tenant's policy would be laxer than the one it changes, or could not be judged; empty when it may be used. */
export function laxerThan(base: SafetyPolicy, tenant: TenantPolicy): OverrideProblem[] {
  const problems: OverrideProblem[] = [];
  const atMost = (path: string, found: number | undefined, limit: number, why: string): void => {
    if (found !== undefined && found > limit) problems.push({ path, expected: `at most ${limit}: ${why}`, found: String(found) });
  };
  const atLeast = (path: string, found: number | undefined, limit: number, why: string): void => {
    if (found !== undefined && found < limit) problems.push({ path, expected: `at least ${limit}: ${why}`, found: String(found) });
  };
  for (const [name, { review, block }] of Object.entries(tenant.thresholds)) {
    const category = JudgedCategory.parse(name);
    const standing = base.thresholds[category];
    atMost(`thresholds.${category}.review`, review, standing.review, 'a higher one would let pass what a person looks at now');
    if (standing.block !== undefined)
      atMost(`thresholds.${category}.block`, block, standing.block, 'a higher one would ask about what is refused now');
    const merged = review ?? standing.review;
    atLeast(`thresholds.${category}.block`, block, merged, 'what is refused has to be above what is asked about');
  }
  if (tenant.persistence) {
    atMost('persistence.hits', tenant.persistence.hits, base.persistence.hits, 'more would overlook what is found now');
    atLeast('persistence.of', tenant.persistence.of, base.persistence.of, 'fewer would overlook what is found now');
  }
  atLeast('samplesPerSecond', tenant.samplesPerSecond, base.samplesPerSecond, 'fewer frames would be looked at');
  atLeast('textSamplesPerSecond', tenant.textSamplesPerSecond, base.textSamplesPerSecond, 'fewer frames would be read');
  for (const [door, names] of Object.entries(tenant.expected))
    for (const name of names ?? [])
      if (!(name in base.voters)) problems.push({ path: `expected.${door}`, expected: 'a voter that the policy knows', found: name });
  return problems;
}
