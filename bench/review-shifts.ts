import type { CampaignRecord, ReviewDecision, ReviewItem, Together } from '#contracts/review';
import type { SafetyCategory } from '#contracts/verdict';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import type { RuleCount, RuleRecord } from '#domain/ports';
import { assign, type Proposal, type Reviewer } from '#domain/review/assignment';
import { auditOf, isSampled } from '#domain/review/audit';
import { auditShareOf } from '#domain/review/audit-share';
import { type AutoApprovalRule, reviewerOf, ruleFor } from '#domain/review/auto-approval';
import { evidenceOf } from '#domain/review/by-rule';
import { NOTHING_SAID, precedentsOf, remembered } from '#domain/review/campaign';
import { claimed, heldByAnother } from '#domain/review/claims';
import { due } from '#domain/review/escalation';
import { expectedSeconds, secondsBeside } from '#domain/review/handling';
import { whyNotMine } from '#domain/review/mine';
import { blank, after as counted } from '#domain/review/rule-record';
import { type Answer, settlement } from '#domain/review/settlement';
import { isSibling } from '#domain/review/siblings';
import { expectedSecondsTogether, isLike, isPlain, leftOut, togetherWith } from '#domain/review/together';
import { inOrderOfUrgency } from '#domain/review/urgency';
import { type Asked, START } from './review-workload.ts';

const HOUR_MS = 3_600_000;
const SHIFT_HOURS = 8;
/** The product sweeps its queue every five minutes (lib/stages/review.ts). */
const SWEEP_MS = 5 * 60_000;
/** SIMULATED admin: hours until a rule that an audit suspended is looked into and resumed. */
const RESUMED_AFTER_HOURS = 2;

/** SIMULATED people: three shifts a day, staffed as planned from the arrivals, never below the two that a second look takes. */
const STAFF = [
  { from: 6, people: 6 },
  { from: 14, people: 6 },
  { from: 22, people: 2 },
] as const;

interface Person {
  readonly name: string;
  readonly skills: readonly SafetyCategory[];
  /** Hour of the day at which the shift begins. */
  readonly from: number;
}
/** Every third person has not been trained for the two most delicate categories. */
const untrained = SAFETY_CATEGORIES.filter((category) => category !== 'minors' && category !== 'political');
const PEOPLE: readonly Person[] = STAFF.flatMap(({ from, people }) =>
  Array.from({ length: people }, (_, index) => ({ name: `${from}h-${index}`, from, skills: index % 3 === 2 ? untrained : [] })),
);

/** Seconds that people are there on so many days. */
export const capacitySeconds = (days: number): number => PEOPLE.length * SHIFT_HOURS * 3_600 * days;
/** So many of each person: enough to answer whatever is asked. */
const crowd = (times: number): readonly Person[] =>
  Array.from({ length: times }, (_, copy) => PEOPLE.map((one) => ({ ...one, name: `${one.name}-${copy}` }))).flat();

/** When the running shift ends, in milliseconds; `undefined` when the person is not there. */
function shiftEnd({ from }: Person, now: number): number | undefined {
  const hours = (now - START) / HOUR_MS;
  const since = (((hours - from) % 24) + 24) % 24;
  return since < SHIFT_HOURS ? now + (SHIFT_HOURS - since) * HOUR_MS : undefined;
}

/** Who takes what, at one moment. */
export type Discipline = (items: readonly ReviewItem[], reviewers: readonly Reviewer[], now: Date) => Proposal[];
export const shipped: Discipline = assign;
/** The oldest question first, to whoever is free and may take it: what a list without an order comes to. */
export const firstInFirstOut: Discipline = (items, reviewers, now) => {
  const free = reviewers.filter(({ load }) => load === 0);
  const proposals: Proposal[] = [];
  for (const item of [...items].sort((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1))) {
    if (free.length === 0) break;
    const chosen = free.find(
      (one) => whyNotMine(item, one, now) === undefined && now.getTime() + expectedSeconds(item) * 1000 <= one.shiftEnds.getTime(),
    );
    if (!chosen) continue;
    free.splice(free.indexOf(chosen), 1);
    proposals.push({ reviewer: chosen.name, item });
  }
  return proposals;
};

/** Milliseconds between which arrivals are counted: not before the room has filled, and not so late that it empties under them. */
export interface Counted {
  readonly from: number;
  readonly until: number;
}

/** How one rule did. */
export interface ByRule {
  readonly approved: number;
  /** Approved though a careful person would not have. */
  readonly wrong: number;
  /** Looked at afterwards, and those that would have been at the share of a young rule. */
  readonly audited: number;
  readonly auditedIfYoung: number;
  readonly suspensions: number;
}

export interface Outcome {
  /** Counted questions that people had to decide, and those that they decided before the deadline. */
  readonly questions: number;
  readonly met: number;
  /** Answers of people, audits among them; a question that nobody answered in time counts the answers that it would have taken. */
  readonly answers: number;
  /** Of these answers: approvals of several clips seen side by side, each one answer, and the clips that they approved and left out. */
  readonly sheets: number;
  readonly approvedTogether: number;
  readonly leftOut: number;
  /** Seconds that people worked. */
  readonly workedSeconds: number;
  readonly byRule: ReadonlyMap<string, ByRule>;
  /** Approved by a rule though only a person may. */
  readonly harmfulByRule: number;
  readonly auditsAnswered: number;
  readonly audits: number;
  /** When a rule was first suspended, and how many approvals it had made of clips that came after the fault. */
  readonly suspendedAt: number | undefined;
  readonly approvedSinceFault: number;
  readonly wrongSinceFault: number;
}

export interface Circumstances {
  /** `false`: people answer everything, and are enough for it. */
  readonly rules?: boolean;
  /** From this moment on a template is broken; the simulation ends when an audit finds it, and misses of before suspend nothing. */
  readonly faultFrom?: number;
  /** Audits in a row that people agreed with before the first day, for every rule. */
  readonly agreedBefore?: number;
}

interface Work {
  readonly reviewer: string;
  /** One question, or several that are seen side by side, the lead first. */
  readonly keys: readonly string[];
  readonly until: number;
}

const keyOf = ({ jobId, subject, kind }: ReviewItem): string => `${jobId}#${subject}#${kind}`;

/**
 * SIMULATED time and people, shipped decisions: rules, precedents, audits and their shares, claims, settlement, deadlines and (or instead) the order of
 * work are the functions that the product runs. It ends with the last answer, or when a planted fault was found. Somebody who is free takes
 * something at once; nobody is interrupted.
 */
export function simulate(
  arrivals: readonly Asked[],
  discipline: Discipline,
  counting: Counted,
  { rules: withRules = true, faultFrom, agreedBefore = 0 }: Circumstances = {},
): Outcome {
  const counts = ({ at }: Asked): number => (at >= counting.from && at < counting.until ? 1 : 0);
  const people = withRules ? PEOPLE : crowd(3);
  const waiting = new Map<string, ReviewItem>();
  const asked = new Map(arrivals.map((one) => [one.item.jobId, one]));
  const records = new Map<string, RuleRecord>();
  const campaigns = new Map<string, CampaignRecord>();
  const resumes = new Map<string, number>();
  const byRule = new Map<string, ByRule>();
  let working: Work[] = [];
  const tally = { questions: 0, met: 0, answers: 0, workedSeconds: 0, harmfulByRule: 0, auditsAnswered: 0, audits: 0 };
  const sheets = { sheets: 0, approvedTogether: 0, leftOut: 0 };
  const sinceFault = { approvedSinceFault: 0, wrongSinceFault: 0 };
  let suspendedAt: number | undefined;
  let next = 0;
  let sweepAt = START;

  const recordOf = (name: string): RuleRecord => records.get(name) ?? { ...blank(name), agreedInARow: agreedBefore };
  const count = (name: string, what: RuleCount['what']): void => void records.set(name, counted(recordOf(name), what));
  const add = (name: string, more: Partial<ByRule>): void => {
    const before = byRule.get(name) ?? { approved: 0, wrong: 0, audited: 0, auditedIfYoung: 0, suspensions: 0 };
    byRule.set(name, {
      approved: before.approved + (more.approved ?? 0),
      wrong: before.wrong + (more.wrong ?? 0),
      audited: before.audited + (more.audited ?? 0),
      auditedIfYoung: before.auditedIfYoung + (more.auditedIfYoung ?? 0),
      suspensions: before.suspensions + (more.suspensions ?? 0),
    });
  };
  const campaignOf = ({ campaign }: ReviewItem): CampaignRecord => campaigns.get(campaign) ?? NOTHING_SAID;
  const remember = (item: ReviewItem, decision: ReviewDecision): void => {
    const record = remembered(campaignOf(item), item, decision);
    if (record) campaigns.set(item.campaign, record);
  };

  /** What `answerByRule` does, without its effects. */
  const byRuleAt = (item: ReviewItem, one: Asked, now: number): boolean => {
    if (!withRules) return false;
    const at = new Date(now);
    const suspended = new Set(resumes.keys());
    const precedents = precedentsOf(campaignOf(item), item.look, at);
    const rule = ruleFor({ ...one.question, precedents }, suspended);
    if (!rule) return false;
    const share = auditShareOf(rule, recordOf(rule.name));
    const answer = { ...answerOf(reviewerOf(rule), 'approved', now), evidence: evidenceOf(rule, share, precedents) };
    if (item.leftOut) return false;
    const { result, item: settled } = settlement(item, answer);
    if (result !== 'decided' || !settled.decision) return false;
    waiting.delete(keyOf(item));
    approvedBy(rule, settled, settled.decision, one);
    return true;
  };

  const approvedBy = (rule: AutoApprovalRule, item: ReviewItem, decision: ReviewDecision, one: Asked): void => {
    count(rule.name, 'approved');
    add(rule.name, { approved: 1, wrong: one.wrong ? 1 : 0, auditedIfYoung: isSampled(item, rule) ? 1 : 0 });
    tally.harmfulByRule += one.harmful ? 1 : 0;
    if (faultFrom !== undefined && one.at >= faultFrom) {
      sinceFault.approvedSinceFault += 1;
      sinceFault.wrongSinceFault += one.wrong ? 1 : 0;
    }
    if (!isSampled(item, rule, decision.evidence?.auditShare)) return;
    count(rule.name, 'sampled');
    add(rule.name, { audited: 1 });
    tally.audits += 1;
    const audit = auditOf(item, rule.name, decision);
    waiting.set(keyOf(audit), audit);
  };

  const arrive = (one: Asked): void => {
    const { item } = one;
    if (one.sentBackBefore) remember(item, { ...decisionAt(item, 'somebody', 'rework', one.at) });
    if (byRuleAt(item, one, one.at)) return;
    tally.questions += counts(one);
    waiting.set(keyOf(item), item);
  };

  /** What `settleSiblings` does. Whatever somebody is at stays with them. */
  const settleSiblings = (now: number, campaign?: string): void => {
    const at = new Date(now);
    const busy = new Set(working.flatMap(({ keys }) => keys));
    for (const item of [...waiting.values()]) {
      if (campaign !== undefined && item.campaign !== campaign) continue;
      const one = asked.get(item.jobId);
      if (!one || campaignOf(item).approvals.length === 0 || busy.has(keyOf(item)) || !isSibling(item, at)) continue;
      if (byRuleAt(item, one, now)) tally.questions -= counts(one);
    }
  };

  const audited = ({ rule: name }: ReviewItem, agreed: boolean, now: number): void => {
    tally.auditsAnswered += 1;
    if (name === undefined) return;
    count(name, agreed ? 'agreed' : 'missed');
    if (agreed || (faultFrom !== undefined && now < faultFrom)) return;
    add(name, { suspensions: 1 });
    resumes.set(name, now + RESUMED_AFTER_HOURS * HOUR_MS);
    suspendedAt ??= now;
  };

  const finish = (work: Work): void => {
    const {
      reviewer,
      keys: [key = '', ...others],
      until,
    } = work;
    if (joined(work)) return;
    if (others.length === 0) return void finishOne(reviewer, key, until);
    // Who sees several at once leaves out what they would not approve, and answers that by itself.
    const seen = [key, ...others].flatMap((one) => waiting.get(one) ?? []);
    const isLeftOut = (item: ReviewItem): boolean => isRefused(item, asked.get(item.jobId));
    const out = seen.filter(isLeftOut);
    const approved = seen.filter((item) => !isLeftOut(item));
    for (const item of out) waiting.set(keyOf(item), leftOut(item, reviewer, new Date(until)));
    const together: Together = { lead: seen[0]?.jobId ?? '', of: seen.length, leftOut: out.length };
    sheets.sheets += 1;
    sheets.approvedTogether += approved.length;
    sheets.leftOut += out.length;
    tally.answers += 1;
    for (const item of approved) finishOne(reviewer, keyOf(item), until, together);
  };

  const finishOne = (reviewer: string, key: string, until: number, together?: Together): void => {
    const item = waiting.get(key);
    const truth = item && asked.get(item.jobId);
    if (!item || !truth) return; // its deadline passed meanwhile
    const { result, item: after } = settlement(item, { ...answerOf(reviewer, outcomeOf(item, truth), until), together });
    if (!together && (result === 'second-needed' || result === 'decided')) tally.answers += 1;
    if (result === 'second-needed') return void waiting.set(key, after);
    waiting.delete(key);
    if (result !== 'decided' || !after.decision) return;
    remember(after, after.decision);
    if (after.kind === 'audit') {
      audited(after, after.decision.outcome === 'approved', until);
      return;
    }
    tally.met += counts(truth);
    if (after.decision.outcome === 'approved' && after.subject === 'preview') settleSiblings(until, after.campaign);
  };

  const expire = (key: string, item: ReviewItem): void => {
    const truth = asked.get(item.jobId);
    waiting.delete(key);
    tally.answers +=
      item.kind === 'decision' && item.needsSecond && !item.firstApproval && truth && outcomeOf(item, truth) === 'approved' ? 2 : 1;
  };

  /** Who is free takes what is next, and with a plain preview what waits beside it. Asked again until nobody takes anything more. */
  const giveWork = (now: number): void => {
    const at = new Date(now);
    for (let taken = true; taken; ) {
      taken = false;
      const busy = new Set(working.flatMap(({ reviewer, keys }) => [reviewer, ...keys]));
      const reviewers = people.flatMap((person): Reviewer[] => {
        const end = shiftEnd(person, now);
        return end === undefined || busy.has(person.name)
          ? []
          : [{ name: person.name, skills: [...person.skills], load: 0, shiftEnds: new Date(end) }];
      });
      const free = [...waiting].filter(([key]) => !busy.has(key)).map(([, item]) => item);
      if (reviewers.length === 0 || free.length === 0) return;
      for (const { reviewer, item } of discipline(free, reviewers, at)) {
        const standing = waiting.get(keyOf(item)) ?? item;
        if (heldByAnother(standing, reviewer, at)) continue; // a colleague took it with its like a moment ago
        const shiftEnds = reviewers.find(({ name }) => name === reviewer)?.shiftEnds ?? at;
        take(reviewer, beside(standing, reviewer, shiftEnds, at), now);
        taken = true;
      }
    }
  };

  /** The question, and what waits beside it, as far as there is time before the shift ends. */
  const beside = (item: ReviewItem, reviewer: string, shiftEnds: Date, at: Date): ReviewItem[] => {
    if (!withRules || !isPlain(item)) return [item];
    const busy = new Set(working.filter((one) => one.reviewer !== reviewer).flatMap(({ keys }) => keys));
    const like = [...waiting].filter(([key, one]) => !busy.has(key) && isLike(item, one)).map(([, one]) => one);
    const together = togetherWith(item, inOrderOfUrgency(like, at), reviewer, at);
    while (together.length > 1 && at.getTime() + expectedSecondsTogether(together) * 1000 > shiftEnds.getTime()) together.pop();
    return together;
  };

  /** What came while somebody looked at its like is shown beside it before they answer, as far as there is room. */
  const joined = ({ reviewer, keys, until }: Work): boolean => {
    const person = people.find(({ name }) => name === reviewer);
    const shiftEnds = person && shiftEnd(person, until);
    const seen = keys.flatMap((key) => waiting.get(key) ?? []);
    const [lead] = seen;
    if (!lead || shiftEnds === undefined || seen.length < keys.length) return false;
    const at = new Date(until);
    for (const item of seen) waiting.set(keyOf(item), claimed(item, { name: reviewer, lead: false }, at).item);
    const came = beside(lead, reviewer, new Date(shiftEnds), at).filter((item) => !keys.includes(keyOf(item)));
    if (came.length > 0) take(reviewer, came, until, keys);
    return came.length > 0;
  };

  const take = (reviewer: string, items: readonly ReviewItem[], now: number, before: readonly string[] = []): void => {
    let seconds = 0;
    for (const [index, item] of items.entries()) {
      const truth = asked.get(item.jobId);
      if (!truth) continue;
      waiting.set(keyOf(item), claimed(item, { name: reviewer, lead: false }, new Date(now)).item);
      const look = truth.looks[item.firstApproval ? 1 : 0];
      seconds += index === 0 && before.length === 0 ? look : look * (secondsBeside(item) / expectedSeconds(item));
    }
    tally.workedSeconds += seconds;
    working.push({ reviewer, keys: [...before, ...items.map(keyOf)], until: now + seconds * 1000 });
  };

  for (let now = START; ; ) {
    for (const [name, until] of resumes) if (until <= now) resumes.delete(name);
    while (arrivals[next] && (arrivals[next]?.at ?? 0) <= now) arrive(arrivals[next++]!);
    for (const done of working.filter(({ until }) => until <= now)) {
      working = working.filter((one) => one !== done);
      finish(done);
    }
    const at = new Date(now);
    if (now >= sweepAt) {
      for (const [key, item] of waiting) if (due(item, at) === 'expire') expire(key, item);
      settleSiblings(now);
      sweepAt = now + SWEEP_MS;
    }

    giveWork(now);

    const boundary = START + (Math.floor((now - START) / HOUR_MS) + 1) * HOUR_MS; // shifts change on the hour
    const moments = [arrivals[next]?.at, ...working.map(({ until }) => until), waiting.size > 0 ? boundary : undefined];
    const upcoming = Math.min(...moments.filter((moment) => moment !== undefined));
    const isFound = faultFrom !== undefined && suspendedAt !== undefined;
    if (!Number.isFinite(upcoming) || isFound) return { ...tally, ...sheets, ...sinceFault, byRule, suspendedAt };
    now = upcoming;
  }
}

/** What a careful person answers. An audit is answered yes or no. */
const outcomeOf = ({ kind }: ReviewItem, { wrong, sentBack }: Asked): Answer['outcome'] =>
  wrong ? 'rejected' : !sentBack ? 'approved' : kind === 'audit' ? 'rejected' : 'rework';

const isRefused = (item: ReviewItem, truth: Asked | undefined): boolean => truth !== undefined && outcomeOf(item, truth) !== 'approved';

const decisionAt = ({ subject, requestedAt }: ReviewItem, reviewer: string, outcome: Answer['outcome'], at: number): ReviewDecision => ({
  ...{ subject, outcome, reviewer, reason: '', requestedAt },
  decidedAt: new Date(at).toISOString(),
});

const answerOf = (reviewer: string, outcome: Answer['outcome'], at: number): Answer => ({
  ...{ reviewer, outcome, reason: '', notes: [], round: undefined },
  ...(outcome === 'rework' && { followed: { round: 1, plan: { rework: { take: 2, shots: [{ shot: 0, take: 2 }] } } } }),
  at: new Date(at),
});
