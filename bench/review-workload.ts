import { readFileSync } from 'node:fs';
import { AcceptedBrief } from '#contracts/job';
import { type ReviewItem, ReviewRequest } from '#contracts/review';
import type { SafetyCategory } from '#contracts/verdict';
import { isSampled } from '#domain/review/audit';
import { type AutoApprovalRule, ruleFor } from '#domain/review/auto-approval';
import { expectedSeconds } from '#domain/review/handling';
import { lookOf } from '#domain/review/look';
import { clipSecondsOf, type Question } from '#domain/review/question';
import { reasonsToAsk } from '#domain/review/reasons';
import { categoriesOf, needsSecondReviewer, riskOf } from '#domain/review/risk';
import { briefSettledBy, findingsOf } from '#domain/review/settled-brief';
import { type Chance, chance } from './chance.ts';

/**
 * SIMULATED: questions as a review room might be asked them. Every share below is an assumption, not a measurement; bench/README.md says
 * what the figures do when they change. The questions themselves are real messages: verdicts, masks and plans that the shipped rules read.
 */
const SHARES = {
  /** Of questions: doubtful briefs and doubtful finals; the rest are previews. */
  brief: 0.07,
  final: 0.04,
  /** Of previews: sent back before, so asked a second time. */
  secondRound: 0.12,
  /** Of previews: something was found in the clip or the brief; a sure mask was not. */
  doubted: 0.12,
  doubtfulMask: 0.05,
  /** Of harmless previews: a hint of a category that the policy keeps for people, with the verdict `allow` all the same. */
  hinted: 0.03,
  /** Of everything: what a careful person would not approve. Of what no check doubted, far less. */
  wrong: 0.15,
  wrongThoughAllowed: 0.002,
  /** Arrive as part of a campaign: many at once. */
  inDrops: 0.5,
  /** Of the clips of a campaign: with a storyboard of their own; the others share one, the template apart. */
  ownStoryboard: 0.1,
} as const;
/** Clips of a campaign that arrive within minutes. */
const DROP = { least: 5, most: 30, overMs: 5 * 60_000 } as const;
/** Categories of doubts, commonest first; each is drawn as often as it stands here. */
const DOUBTS: readonly SafetyCategory[] = [
  ...Array<SafetyCategory>(6).fill('brand-ip'),
  ...Array<SafetyCategory>(4).fill('deception'),
  ...Array<SafetyCategory>(3).fill('public-figure'),
  ...Array<SafetyCategory>(3).fill('violence'),
  ...Array<SafetyCategory>(2).fill('political'),
  ...Array<SafetyCategory>(2).fill('sexual'),
  'minors',
  'hate',
];
/** What nobody may ever approve without a person, as the bench itself says it: the label that the shipped rules are held against. */
const HARMFUL: readonly SafetyCategory[] = ['minors', 'sexual', 'hate', 'self-harm', 'political', 'public-figure', 'dangerous-goods'];
/** Hours until a deadline, each as often as it stands here. `mixed`: a fifth in a hurry, the rest a shift or a day; `tight`: nobody has a day. */
export const DEADLINES = { mixed: [2, 8, 8, 24, 24], tight: [0.5, 1, 2, 4] } as const;
/** Clips in seconds: log-normal around the median of the template (a loop is short), a sixth twice as long, none longer than two minutes. */
const CLIP = { median: { 'low-risk-loop': 12, 'product-hero': 45 }, spread: 0.7, most: 120 } as const;
/**
 * Time for one answer: log-normal around what the product expects. The spread makes one answer in six take 1.6 times as long as expected and
 * one in forty 2.5 times; the median lies below, so that the mean is what is expected.
 */
const HANDLING_SPREAD = 0.5;

/** Arrivals follow the day: fewest at two at night, most at two in the afternoon, nine times as many. */
const busyness = (hour: number): number => 1 + 0.8 * Math.cos((2 * Math.PI * (hour - 14)) / 24);
const MOST_BUSY = 1.8;

export const START = Date.parse('2026-11-02T00:00:00.000Z');
const HOUR_MS = 3_600_000;

export interface Asked {
  readonly at: number;
  readonly question: Question;
  readonly item: ReviewItem;
  /** The rule that answers it while none is suspended. */
  readonly rule: AutoApprovalRule | undefined;
  readonly isSampled: boolean;
  /** Truth that no check knows: a careful person would refuse. */
  readonly wrong: boolean;
  /** Truth that no rule is asked: nobody but a person may approve it. */
  readonly harmful: boolean;
  /** A person who looks sends it back: it is the first round of a second one that arrives in the same campaign. */
  sentBack: boolean;
  /** A second round whose first is not among these questions: somebody sent it back before it came. */
  sentBackBefore: boolean;
  /** Seconds for the first and, where two are needed, the second look; for an audit the first. */
  readonly looks: readonly [number, number];
}

interface Load {
  readonly seed: number;
  readonly days: number;
  /** Work of people that arrives, in seconds, as closely as one question allows. */
  readonly workSeconds: number;
  /** Share of previews made with the template that a rule covers. */
  readonly covered: number;
  readonly deadlines: keyof typeof DEADLINES;
  /** From this moment on the template is broken: this share of its clips should be refused, and no check sees it. */
  readonly fault?: { readonly fromMs: number; readonly share: number };
}

const { message } = ReviewRequest.parse(
  JSON.parse(readFileSync(new URL('../contracts/examples/review-request/preview.json', import.meta.url), 'utf8')),
);

/** What campaigns add is drawn from chance of its own, so that the questions are those that were asked before there were any. */
const OF_CAMPAIGNS = 0x5eed;

/** Questions in the order they arrive. The same seed asks the same. */
export function workload({ days, workSeconds, ...load }: Load): Asked[] {
  const draw = chance(load.seed);
  const drawCampaign = chance(load.seed ^ OF_CAMPAIGNS);
  const asked: Asked[] = [];
  let campaigns = 0;
  let work = 0;
  while (work < workSeconds) {
    const at = START + arrival(draw, days);
    const together = draw.uniform() < shareOfDrops ? DROP.least + Math.floor(draw.uniform() * (DROP.most - DROP.least + 1)) : 1;
    const campaign = `campaign-${campaigns++}`;
    const drop: Asked[] = [];
    for (let n = 0; n < together && work < workSeconds; n++) {
      const storyboard = drawCampaign.uniform() < SHARES.ownStoryboard ? `${campaign}, clip ${n}` : campaign;
      const place = { campaign, storyboard, index: asked.length + n, settled: drawCampaign.uniform() };
      const one = ask(draw, at + (together > 1 ? draw.uniform() * DROP.overMs : 0), place, load);
      drop.push(one);
      work += workOf(one);
    }
    sendBack(drop, drawCampaign);
    asked.push(...drop);
  }
  return asked.sort((one, other) => one.at - other.at);
}

/**
 * A second round was sent back once. Where a doubtful preview of the same template arrives in the same campaign, that is taken to be its first
 * round, and whoever looks at it sends it back; else it was sent back just before it came. What no check doubts is hardly ever refused
 * (`wrongThoughAllowed`), so it is not taken for one.
 */
function sendBack(drop: readonly Asked[], draw: Chance): void {
  for (const again of drop.filter(({ item }) => item.round > 1)) {
    const mates = drop.filter(
      ({ item, question, sentBack }) =>
        item.subject === 'preview' && item.round === 1 && item.risk !== 'low' && question.template === again.question.template && !sentBack,
    );
    const mate = mates[Math.floor(draw.uniform() * mates.length)];
    if (mate) mate.sentBack = true;
    else again.sentBackBefore = true;
  }
}

/** Of arrivals, so that the share of questions comes out. */
const meanDrop = (DROP.least + DROP.most) / 2;
const shareOfDrops = SHARES.inDrops / (SHARES.inDrops + (1 - SHARES.inDrops) * meanDrop);

/** Seconds of people's work that a question brings when every one of them is answered, and rules know nothing of others. */
export function workOf({ rule, isSampled: audited, item, looks, wrong }: Asked): number {
  if (rule) return audited ? looks[0] : 0;
  return looks[0] + (item.needsSecond && !wrong ? looks[1] : 0);
}

function arrival(draw: Chance, days: number): number {
  for (;;) {
    const hours = draw.uniform() * 24 * days;
    if (draw.uniform() * MOST_BUSY < busyness(hours % 24)) return hours * HOUR_MS;
  }
}

interface Place {
  readonly campaign: string;
  /** Words that stand for the storyboard. */
  readonly storyboard: string;
  readonly index: number;
  /** 0..1: whether a preview whose brief was settled is wrong. */
  readonly settled: number;
}

function ask(draw: Chance, at: number, place: Place, { seed, covered, deadlines, fault }: Omit<Load, 'days' | 'workSeconds'>): Asked {
  const { campaign, storyboard, index } = place;
  const kind = draw.uniform();
  const subject = kind < SHARES.brief ? 'brief' : kind < SHARES.brief + SHARES.final ? 'final' : 'preview';
  const template = draw.uniform() < covered ? 'low-risk-loop' : 'product-hero';
  const again = subject === 'preview' && draw.uniform() < SHARES.secondRound;
  const doubted = subject !== 'preview' || draw.uniform() < SHARES.doubted;
  const hinted = !doubted && draw.uniform() < SHARES.hinted;
  const category = DOUBTS[Math.floor(draw.uniform() * DOUBTS.length)] ?? 'brand-ip';
  const reasons = doubted || hinted ? [{ category, voter: 'simulated@1', score: doubted ? 0.7 : 0.1, evidence: 'simulated' }] : [];
  const inBrief = subject === 'brief' || (subject === 'preview' && draw.uniform() < 0.3); // three doubts in ten stand in the brief
  const verdict = (here: boolean) => (here && doubted ? ('review' as const) : ('allow' as const));
  const clipSeconds = subject === 'brief' ? 0 : Math.min(CLIP.most, CLIP.median[template] * logNormal(draw, CLIP.spread));
  const confidence = subject === 'preview' && draw.uniform() < SHARES.doubtfulMask ? 0.5 : 0.95;
  const asked = questionOf({
    subject,
    template,
    again,
    clipSeconds,
    confidence,
    brief: inBrief ? reasons : [],
    clip: inBrief ? [] : reasons,
    verdict: [verdict(inBrief), verdict(!inBrief)],
  });

  const question: Question = { ...asked, briefSettledBy: subject === 'preview' ? settledBy(asked) : undefined };
  const jobId = `simulated_${(seed * 1_000_003 + index).toString(16).padStart(24, '0').slice(-24)}`;
  const hours = DEADLINES[deadlines];
  const look = subject === 'preview' ? lookOf(briefOf(template, storyboard), question.message) : undefined;
  const item = { ...itemOf(question, jobId, at, hours[Math.floor(draw.uniform() * hours.length)] ?? 24), campaign, ...(look && { look }) };
  const rule = ruleFor(asked); // before there were others
  const broken = fault !== undefined && template === 'low-risk-loop' && at >= fault.fromMs;
  const drawn = draw.uniform() < (broken ? fault.share : doubted ? SHARES.wrong : SHARES.wrongThoughAllowed);
  // People here are never mistaken. Whoever refuses a preview for nothing but its brief would have refused the brief, and it would not be here.
  const wrong =
    question.briefSettledBy && asked.message.preview?.clipVerdict.verdict === 'allow' && !broken
      ? place.settled < SHARES.wrongThoughAllowed
      : drawn;
  // The mean of a log-normal is exp(spread^2 / 2) times its median.
  const takes = () => (expectedSeconds(item) * logNormal(draw, HANDLING_SPREAD)) / Math.exp(HANDLING_SPREAD ** 2 / 2);
  return {
    ...{ at, question, item, rule, wrong, looks: [takes(), takes()] },
    isSampled: rule !== undefined && isSampled(item, rule),
    harmful: (doubted || hinted) && HARMFUL.includes(category),
    ...{ sentBack: false, sentBackBefore: false },
  };
}

const { brief: exampleBrief } = AcceptedBrief.parse(
  JSON.parse(readFileSync(new URL('../contracts/examples/accepted-brief/coffee-spring.json', import.meta.url), 'utf8')),
);
const briefOf = (template: Question['template'], words: string): typeof exampleBrief => ({
  ...exampleBrief,
  template,
  storyboard: exampleBrief.storyboard.map((shot) => ({ ...shot, description: words })),
});

/** Whoever approved the brief: there is no preview of a doubtful one that nobody approved. */
function settledBy({ message: { briefVerdict } }: Question): string | undefined {
  if (briefVerdict.verdict !== 'review') return undefined;
  const at = { requestedAt: new Date(START).toISOString(), decidedAt: new Date(START).toISOString() };
  const brief: ReviewItem = {
    ...itemOf({ subject: 'brief', template: 'product-hero', message: { ...message, briefVerdict } }, '', START, 24),
    ...{ status: 'approved', findings: findingsOf(briefVerdict) },
    decision: { subject: 'brief', outcome: 'approved', reviewer: 'whoever was there', reason: '', ...at },
  };
  return briefSettledBy([brief], briefVerdict);
}

interface Drawn extends Pick<Question, 'subject' | 'template'> {
  readonly again: boolean;
  readonly clipSeconds: number;
  readonly confidence: number;
  readonly brief: Question['message']['briefVerdict']['reasons'];
  readonly clip: Question['message']['briefVerdict']['reasons'];
  readonly verdict: readonly ['allow' | 'review', 'allow' | 'review'];
}

function questionOf({ subject, template, again, clipSeconds, confidence, brief, clip, verdict }: Drawn): Question {
  const { preview, prep, briefVerdict } = message;
  if (!preview) throw new Error('expected an example with a preview');
  const render = {
    ...preview,
    plan: { ...preview.plan, frames: Math.max(1, Math.round(clipSeconds * preview.plan.fps)) },
    clipVerdict: { ...preview.clipVerdict, verdict: verdict[1], reasons: clip },
  };
  return {
    ...{ subject, template },
    message: {
      briefVerdict: { ...briefVerdict, verdict: verdict[0], reasons: brief },
      prep: { ...prep, mask: { ...prep.mask, confidence } },
      ...(subject !== 'brief' && { [subject]: render }),
      ...(again && { rework: { take: 2, shots: [{ shot: 0, take: 2 }] } }),
    },
  };
}

/** The row that asking makes (domain/review/ask.ts), without what only storage needs. */
const itemOf = (question: Question, jobId: string, at: number, hours: number): ReviewItem => ({
  ...{ jobId, tenant: 'simulated', subject: question.subject, kind: 'decision', round: question.message.rework ? 2 : 1, status: 'waiting' },
  requestedAt: new Date(at).toISOString(),
  deadlineAt: new Date(at + hours * HOUR_MS).toISOString(),
  reasons: reasonsToAsk(question),
  categories: categoriesOf(question),
  risk: riskOf(question),
  needsSecond: needsSecondReviewer(question),
  ...{ template: question.template, campaign: 'simulated', product: 'simulated', clipSeconds: clipSecondsOf(question), earlier: [] },
});

/** Median 1. Box and Muller make a normal number of two uniform ones. */
function logNormal({ uniform }: Chance, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return Math.exp(spread * normal);
}
