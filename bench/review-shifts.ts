import type { ReviewItem } from '#contracts/review';
import type { SafetyCategory } from '#contracts/verdict';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { assign, type Proposal, type Reviewer } from '#domain/review/assignment';
import { auditOf } from '#domain/review/audit';
import { reviewerOf, ruleFor } from '#domain/review/auto-approval';
import { claimed } from '#domain/review/claims';
import { due } from '#domain/review/escalation';
import { expectedSeconds } from '#domain/review/handling';
import { whyNotMine } from '#domain/review/mine';
import { type Answer, settlement } from '#domain/review/settlement';
import { type Asked, START } from './review-workload.ts';

const HOUR_MS = 3_600_000;
const SHIFT_HOURS = 8;
/** The product sweeps its queue every five minutes (lib/stages/review.ts). */
const SWEEP_MS = 5 * 60_000;

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

export interface Outcome {
  /** Questions that people had to decide, and those that they decided before the deadline. */
  readonly questions: number;
  readonly met: number;
  readonly approvedByRule: number;
  /** Approved by a rule though only a person may. */
  readonly harmfulByRule: number;
  readonly auditsAnswered: number;
  readonly audits: number;
  /** When a rule was first suspended, and how many approvals it had made of clips that came after `faultFrom`. */
  readonly suspendedAt: number | undefined;
  readonly approvedSinceFault: number;
  readonly wrongSinceFault: number;
}

interface Work {
  readonly reviewer: string;
  readonly key: string;
  readonly until: number;
}

const keyOf = ({ jobId, subject, kind }: ReviewItem): string => `${jobId}#${subject}#${kind}`;

/**
 * SIMULATED time and people, shipped decisions: rules, audits, claims, settlement, deadlines and (or instead) the order of work are the
 * functions that the product runs. Somebody who is free takes something at once; nobody is interrupted.
 */
export function simulate(arrivals: readonly Asked[], discipline: Discipline, faultFrom = Number.POSITIVE_INFINITY): Outcome {
  const waiting = new Map<string, ReviewItem>();
  const asked = new Map(arrivals.map((one) => [one.item.jobId, one]));
  const suspended = new Set<string>();
  let working: Work[] = [];
  const tally = {
    questions: 0,
    met: 0,
    approvedByRule: 0,
    harmfulByRule: 0,
    auditsAnswered: 0,
    audits: 0,
    approvedSinceFault: 0,
    wrongSinceFault: 0,
  };
  let suspendedAt: number | undefined;
  let next = 0;
  let sweepAt = START;

  const arrive = (one: Asked): void => {
    const rule = one.rule && ruleFor(one.question, suspended);
    if (!rule) {
      tally.questions += 1;
      waiting.set(keyOf(one.item), one.item);
      return;
    }
    tally.approvedByRule += 1;
    tally.harmfulByRule += one.harmful ? 1 : 0;
    if (one.at >= faultFrom) {
      tally.approvedSinceFault += 1;
      tally.wrongSinceFault += one.wrong ? 1 : 0;
    }
    if (!one.isSampled) return;
    tally.audits += 1;
    const { item } = settlement(one.item, answerOf(reviewerOf(rule), 'approved', one.at));
    if (!item.decision) throw new Error(`expected a rule's approval of ${item.jobId} to stand`);
    const audit = auditOf(item, rule.name, item.decision);
    waiting.set(keyOf(audit), audit);
  };

  const finish = ({ reviewer, key, until }: Work): void => {
    const item = waiting.get(key);
    const truth = item && asked.get(item.jobId);
    if (!item || !truth) return; // its deadline passed meanwhile
    const { result, item: after } = settlement(item, answerOf(reviewer, truth.wrong ? 'rejected' : 'approved', until));
    if (result === 'second-needed') return void waiting.set(key, after);
    waiting.delete(key);
    if (result !== 'decided') return;
    if (after.kind === 'decision') tally.met += 1;
    else {
      tally.auditsAnswered += 1;
      if (truth.wrong && after.rule !== undefined && until >= faultFrom) {
        suspended.add(after.rule);
        suspendedAt ??= until;
      }
    }
  };

  for (let now = START; ; ) {
    while (arrivals[next] && (arrivals[next]?.at ?? 0) <= now) arrive(arrivals[next++]!);
    for (const done of working.filter(({ until }) => until <= now)) finish(done);
    working = working.filter(({ until }) => until > now);
    const at = new Date(now);
    if (now >= sweepAt) {
      for (const [key, item] of waiting) if (due(item, at) === 'expire') waiting.delete(key);
      sweepAt = now + SWEEP_MS;
    }

    const busy = new Set(working.flatMap(({ reviewer, key }) => [reviewer, key]));
    const reviewers = PEOPLE.flatMap((person): Reviewer[] => {
      const end = shiftEnd(person, now);
      return end === undefined || busy.has(person.name)
        ? []
        : [{ name: person.name, skills: [...person.skills], load: 0, shiftEnds: new Date(end) }];
    });
    const free = [...waiting].filter(([key]) => !busy.has(key)).map(([, item]) => item);
    for (const { reviewer, item } of reviewers.length === 0 || free.length === 0 ? [] : discipline(free, reviewers, at)) {
      const key = keyOf(item);
      const truth = asked.get(item.jobId);
      if (!truth) continue;
      waiting.set(key, claimed(item, { name: reviewer, lead: false }, at).item);
      working.push({ reviewer, key, until: now + truth.looks[item.firstApproval ? 1 : 0] * 1000 });
    }

    const boundary = START + (Math.floor((now - START) / HOUR_MS) + 1) * HOUR_MS; // shifts change on the hour
    const moments = [arrivals[next]?.at, ...working.map(({ until }) => until), waiting.size > 0 ? boundary : undefined];
    const upcoming = Math.min(...moments.filter((moment) => moment !== undefined));
    if (!Number.isFinite(upcoming)) return { ...tally, suspendedAt };
    now = upcoming;
  }
}

const answerOf = (reviewer: string, outcome: Answer['outcome'], at: number): Answer => ({
  ...{ reviewer, outcome, reason: '', notes: [], round: undefined },
  at: new Date(at),
});
