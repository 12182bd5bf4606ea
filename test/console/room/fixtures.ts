import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Brief } from '#contracts/brief';
import { ReviewItem } from '#contracts/review';
import { Dashboard, ReviewDetail, RuleStanding } from '#contracts/review-api';
import { SAFETY_CATEGORIES, SafetyReason, SafetyVerdict } from '#contracts/verdict';
import { CLIP } from './media.ts';

const root = join(import.meta.dirname, '../../..');
export const exampleBrief = Brief.parse(JSON.parse(readFileSync(join(root, 'examples/briefs/coffee-spring/brief.json'), 'utf8')));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const jobOf = (tenant: string, n: number): string => `${tenant}_${sha256(`job ${n}`).slice(0, 24)}`;
const at = (base: number, seconds: number): string => new Date(base + seconds * 1000).toISOString();

export type Item = ReturnType<typeof ReviewItem.parse>;

const PRODUCTS: readonly (readonly [tenant: string, product: string, campaign: string])[] = [
  ['acme', 'Morning Espresso', 'coffee-spring'],
  ['acme', 'Trail Runner 4', 'summer-run'],
  ['globex', 'Halo Desk Lamp', 'back-to-work'],
  ['initech', 'Alpine Water', 'pure-source'],
  ['umbra', 'Noir Eau de Parfum', 'night-edition'],
  ['globex', 'Pocket Field Radio', 'heritage'],
  ['hooli', 'Cloud Knit Sweater', 'autumn-soft'],
  ['acme', 'Cedar Candle', 'slow-evenings'],
];
const REASONS: readonly (readonly [Item['categories'], string])[] = [
  [['brand-ip', 'unchecked'], 'A logo that is not the brand’s own may be on the cup, 0:04.20 to 0:06.10; one check timed out.'],
  [['political'], 'The caption names a referendum on 31 May: two people have to agree.'],
  [['third-party-watermark'], 'A stock agency’s mark may be in the lower right corner from 0:02.00.'],
  [[], 'Nobody has seen this preview yet; template product-hero has no rule that approves it.'],
  [['public-figure'], 'storyboard[2].description: matched a name on the list of public figures.'],
  [['dangerous-goods'], 'A knife may be in the picture, 0:01.00 to 0:02.40.'],
  [['deception'], 'The caption promises “cures headaches”, which no source supports.'],
  [['minors', 'unchecked'], 'A child may be in the picture; the second classifier failed.'],
];

/** The nth question of the scripted queue; deadlines spread from a quarter of an hour to two days, most urgent first. */
export function itemOf(n: number, now: number): Item {
  const [tenant, product, campaign] = PRODUCTS[n % PRODUCTS.length]!;
  const audit = n % 9 === 4;
  const brief = n % 9 === 7;
  const [categories, reason] = REASONS[brief ? 6 : n % REASONS.length]!;
  const leftMinutes = n === 0 ? 17 : 20 + n * 23;
  return ReviewItem.parse({
    jobId: jobOf(tenant, n),
    tenant,
    subject: brief ? 'brief' : n % 5 === 3 ? 'final' : 'preview',
    kind: audit ? 'audit' : 'decision',
    round: n % 6 === 0 ? 2 : 1,
    status: 'waiting',
    requestedAt: at(now, -3600 - n * 60),
    deadlineAt: at(now, (leftMinutes % 2880) * 60),
    reasons: audit
      ? ['Sampled from what rule low-risk-loop approved.', reason]
      : n % 3 === 0
        ? [reason, 'The product mask is not sure.']
        : [reason],
    categories,
    risk: categories.length > 1 ? 'high' : categories.length === 1 ? 'medium' : 'low',
    needsSecond: categories.includes('political'),
    template: audit ? 'low-risk-loop' : 'product-hero',
    campaign,
    product,
    clipSeconds: brief ? 0 : CLIP.seconds,
    earlier: n % 6 === 0 && !brief && !audit ? [earlierOf(now)] : [],
  });
}

const earlierOf = (now: number) => ({
  subject: 'preview',
  outcome: 'rework',
  reviewer: 'ines',
  reason: 'Nearly there.',
  requestedAt: at(now, -9000),
  decidedAt: at(now, -8000),
  round: 1,
  notes: [{ shot: 2, at: 7.104, text: 'The ripples jump where two windows meet.' }],
  rework: { take: 2, shots: [{ shot: 2, take: 2 }] },
});

const policy = { version: '2026-11', sha256: sha256('policy') };

const CLIP_REASONS = SafetyReason.array().parse([
  {
    category: 'brand-ip',
    score: 0.71,
    evidence: 'A round mark that is close to another roaster’s logo, on the side of the cup.',
    span: { start: 4.2, end: 6.1 },
    box: { x: 0.42, y: 0.46, width: 0.16, height: 0.24 },
    voter: 'logo-match@1',
    rule: 'logo-near',
  },
  {
    category: 'brand-ip',
    score: 0.55,
    evidence: 'The same mark again, smaller.',
    span: { start: 10.4, end: 11.2 },
    box: { x: 0.47, y: 0.5, width: 0.1, height: 0.15 },
    voter: 'logo-match@1',
  },
  {
    category: 'sexual',
    score: 0.34,
    evidence: 'One of twelve sampled frames scored above the limit for review.',
    span: { start: 7.5, end: 8.25 },
    voter: 'open-nsfw@1',
  },
  { category: 'unchecked', score: 0, evidence: 'third-party-watermark was not judged: the voter timed out.', voter: 'policy' },
]);

const clipVerdict = {
  ...SafetyVerdict.parse({
    verdict: 'review',
    reasons: CLIP_REASONS,
    ballots: [
      { voter: 'logo-match@1', status: 'voted', highest: { 'brand-ip': 0.71, 'third-party-watermark': 0.12 }, judged: 60 },
      { voter: 'open-nsfw@1', status: 'voted', highest: { sexual: 0.34 }, judged: 60 },
      { voter: 'objects@2', status: 'voted', highest: { violence: 0.02, 'dangerous-goods': 0.04, minors: 0.01 }, judged: 60 },
      { voter: 'watermark-finder@1', status: 'timed-out', highest: {}, judged: 22 },
      { voter: 'faces@1', status: 'failed', highest: {}, judged: 0 },
    ],
    policy,
  }),
  sampledFrames: 60,
  totalFrames: CLIP.frames,
};
const briefVerdict = SafetyVerdict.parse({
  verdict: 'allow',
  reasons: [],
  ballots: [
    {
      voter: 'rules@1',
      status: 'voted',
      highest: Object.fromEntries(SAFETY_CATEGORIES.slice(0, 4).map((category) => [category, 0])),
      judged: 7,
    },
    { voter: 'text-model@1', status: 'voted', highest: { deception: 0.18, political: 0.03 }, judged: 7 },
  ],
  policy,
});
const doubtfulBrief = SafetyVerdict.parse({
  ...briefVerdict,
  verdict: 'review',
  reasons: [
    {
      category: 'deception',
      score: 0.66,
      evidence: 'storyboard[4].caption: “cures headaches” promises an effect on health.',
      voter: 'rules@1',
      rule: 'health-claims',
    },
  ],
});

const shots = exampleBrief.storyboard.map((frame, shot) => ({
  shot,
  start: shot * 3,
  end: (shot + 1) * 3,
  description: frame.description,
  caption: frame.caption,
  prompt: `${frame.description}, ${frame.camera}, product photography, soft key light, 35 mm, palette #3b2417 #c98b4e`,
  take: 1,
}));

/** The whole page of one scripted question. `media` gives addresses by name. */
export function detailOf(
  item: Item,
  me: { readonly name: string; readonly role: string },
  now: number,
  media: (name: string) => string,
): ReviewDetail {
  const brief = item.subject === 'brief';
  const holder = item.claim && Date.parse(item.claim.until) > now ? item.claim.reviewer : undefined;
  const open = item.status === 'waiting';
  const others = holder !== undefined && holder !== me.name;
  const approvedAlready = item.firstApproval?.reviewer === me.name;
  const { dossier: _, ...shown } = item;
  return ReviewDetail.parse({
    item: shown,
    at: at(now, 0),
    brief: { ...exampleBrief, tenant: item.tenant, campaign: item.campaign, product: { ...exampleBrief.product, name: item.product } },
    media: {
      ...(!brief && { clip: { url: media('clip'), ...CLIP }, poster: media('poster') }),
      photo: media('photo'),
      cutout: media('cutout'),
    },
    shots: shots.map((shot) => (item.round > 1 && shot.shot === 2 ? { ...shot, take: 2 } : shot)),
    briefVerdict: brief ? doubtfulBrief : briefVerdict,
    ...(!brief && { clipVerdict }),
    mask: { confidence: 0.93, source: 'u2netp@1' },
    ...(!brief && {
      seams: {
        joins: 9,
        repaired: 4,
        score: 1.08,
        unrepaired: 1.62,
        drift: 0.011,
        worst: { shot: 2, frame: 171, score: 1.31, unrepaired: 2.4 },
      },
    }),
    cost: {
      soFarMicroUsd: brief ? 412 : 48_310,
      stages: [
        { stage: 'intake', seconds: 0.3, costMicroUsd: 12 },
        { stage: 'prep', seconds: 4.1, costMicroUsd: 190 },
        { stage: 'safety', seconds: 9.4, costMicroUsd: brief ? 210 : 1_730 },
        ...(brief
          ? []
          : [
              { stage: 'plan', seconds: 0.4, costMicroUsd: 14 },
              { stage: 'generate', seconds: 141, costMicroUsd: 41_600 },
              { stage: 'post', seconds: 22, costMicroUsd: 4_764 },
            ]),
      ],
    },
    provenance: [
      { name: 'motion', value: 'animatic@1.0.0' },
      { name: 'seed', value: '2774619035' },
      { name: 'brief sha256', value: sha256('brief') },
    ],
    history: [
      { at: at(now, -4200), what: 'Brief accepted' },
      { at: at(now, -4190), what: 'Product cut out', detail: 'u2netp@1, 93 % sure' },
      ...(brief ? [] : [{ at: at(now, -4000), what: 'Preview rendered', detail: '5 shots in 141 s' }]),
      { at: at(now, -3600), what: 'Question asked', who: 'policy 2026-11' },
      ...(item.claim ? [{ at: item.claim.at, what: 'Claimed', who: item.claim.reviewer }] : []),
    ],
    may: {
      claim: open && !others,
      decide: open && !others && !approvedAlready,
      release: open && holder !== undefined && (!others || me.role !== 'reviewer'),
      ...(others && open && { because: `${holder} holds this question.` }),
      ...(approvedAlready && open && { because: 'You approved it; somebody else has to agree.' }),
    },
  });
}

export function dashboardOf(days: number, waiting: number, now: number, role: string): Dashboard {
  const points = days <= 2 ? 24 * days : days;
  const step = days <= 2 ? 3600 : 86_400;
  const wave = (index: number, low: number, high: number) => Math.round(low + ((high - low) * (1 + Math.sin(index * 1.1))) / 2);
  return Dashboard.parse({
    at: at(now, 0),
    days,
    flow: Array.from({ length: points }, (_, index) => ({
      from: at(now, -(points - index) * step),
      arrivals: wave(index, 42, 88),
      decisions: wave(index + 0.5, 24, 52),
      automatic: wave(index + 0.2, 12, 26),
      expired: index % 5 === 3 ? 1 : 0,
    })),
    waiting: {
      total: waiting,
      claimed: 7,
      overdue: 2,
      byAge: [
        { label: 'under 1 h', count: 31 },
        { label: '1 to 4 h', count: 46 },
        { label: '4 to 12 h', count: 28 },
        { label: '12 to 24 h', count: 11 },
        { label: 'more', count: 4 },
      ],
      oldestSeconds: 93_600,
    },
    decided: {
      total: 402,
      approved: 301,
      rejected: 37,
      rework: 64,
      expired: 2,
      inTime: 0.971,
      humanShare: 0.68,
      medianSeconds: 1_140,
      p95Seconds: 8_400,
      reworkSeconds: 1_020,
    },
    templates: [
      { template: 'product-hero', approved: 248, rejected: 31, rework: 58, automatic: 0 },
      { template: 'low-risk-loop', approved: 53, rejected: 6, rework: 6, automatic: 187 },
    ],
    reviewers:
      role === 'reviewer'
        ? []
        : [
            { reviewer: 'ines', decided: 124, claimed: 2, medianSeconds: 240 },
            { reviewer: 'tomas', decided: 98, claimed: 1, medianSeconds: 310 },
            { reviewer: 'mei', decided: 91, claimed: 3, medianSeconds: 205 },
            { reviewer: 'ada', decided: 89, claimed: 1, medianSeconds: 262 },
          ],
    timeToPreview: { medianSeconds: 196, p95Seconds: 540, jobs: 143 },
    cost: { totalMicroUsd: 9_412_000, renderedSeconds: 2_145, perRenderedSecondMicroUsd: 4_388 },
  });
}

export const standing = (suspended?: { readonly at: string; readonly by: string; readonly reason: string }): RuleStanding =>
  RuleStanding.parse({
    name: 'low-risk-loop',
    because: 'Loops of a product on a plain ground',
    templates: ['low-risk-loop'],
    subjects: ['preview'],
    auditShare: 0.05,
    approved: 187,
    sampled: 11,
    audited: 9,
    misses: 0,
    falseApproveRate: 0,
    falseApproveInterval: [0, 0.299], // 0 of 9
    ...(suspended && { suspended }),
  });
