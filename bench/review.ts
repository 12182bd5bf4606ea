import { AUTO_APPROVAL_RULES } from '#domain/review/auto-approval';
import { type Benchmark, median, rounded } from './figures.ts';
import { type Circumstances, capacitySeconds, firstInFirstOut, type Outcome, shipped, simulate } from './review-shifts.ts';
import { type Asked, START, workload } from './review-workload.ts';

const HOUR_MS = 3_600_000;

/** Different weeks, so to speak; the figures are of all of them together, the ranges say how far single ones lie apart. */
const SEEDS = Array.from({ length: 4 }, (_, index) => 20_261_127 + index);
/** Arrivals go on for a day, the longest time anybody has, after the last one that is counted. */
const DAYS = 3;
const COUNTED = { from: START + 12 * HOUR_MS, until: START + 48 * HOUR_MS };
/** Share of previews made with the template that the rule covers: assumed, and varied. */
const COVERED = 0.6;
/** Offered work of people over the time they are there: all shifts together. */
const LOAD = 0.9;
/** The planted fault: half of what the covered template renders should be refused, from noon of the first day on, and no check sees it. */
const FAULT = { fromMs: START + 12 * HOUR_MS, share: 0.5 };

/** A rule that people have agreed with so often in a row that the least is audited (domain/review/audit-share.ts). */
const SEASONED = 200;

/** The review room on SIMULATED questions and people, with the shipped decisions. */
export async function review(): Promise<Benchmark> {
  const asked = (load: number, more: Partial<Parameters<typeof workload>[0]> = {}): Asked[][] =>
    SEEDS.map((seed) =>
      workload({ seed, days: DAYS, workSeconds: load * capacitySeconds(DAYS), covered: COVERED, deadlines: 'mixed', ...more }),
    );
  const each = (arrivals: readonly Asked[][], discipline = shipped, circumstances: Circumstances = {}): Outcome[] =>
    arrivals.map((one) => simulate(one, discipline, COUNTED, circumstances));
  const loadOf = (outcomes: readonly Outcome[]): number =>
    sum(outcomes.map(({ workedSeconds }) => workedSeconds)) / (capacitySeconds(DAYS) * SEEDS.length);

  // Precedents take work away that the workload counts, so more has to be asked for people to be as busy.
  const offered = LOAD * (LOAD / loadOf(each(asked(LOAD))));
  const loaded = asked(offered);
  const ours = each(loaded);
  const fifo = each(loaded, firstInFirstOut);
  const everything = each(loaded, shipped, { rules: false });
  const tightly = asked(offered, { deadlines: 'tight' });
  const cutAt = (covered: number): number => {
    const arrivals = asked(offered, { covered });
    return cutOf(each(arrivals), each(arrivals, shipped, { rules: false }));
  };
  const found = (circumstances: Circumstances) =>
    each(asked(offered, { fault: FAULT }), shipped, { faultFrom: FAULT.fromMs, ...circumstances }).flatMap(({ suspendedAt, ...one }) =>
      suspendedAt === undefined ? [] : [{ ...one, suspendedAt }],
    );
  const [young, seasoned] = [found({}), found({ agreedBefore: SEASONED })];
  const approvedBy = (name: string): number => sum(ours.map(({ byRule }) => byRule.get(name)?.approved ?? 0));
  const wrongBy = (name: string): number => sum(ours.map(({ byRule }) => byRule.get(name)?.wrong ?? 0));

  return {
    figures: {
      simulated: 'questions, people and times; the decisions are the shipped ones',
      seeds: SEEDS.length,
      questions: sum(loaded.map((arrivals) => arrivals.length)),
      load: rounded(loadOf(ours)),
      reviewCut: rounded(cutOf(ours, everything)),
      reviewCutByClips: rounded(1 - (answersOf(ours) + clipsBeyondSheets(ours)) / answersOf(everything)),
      reviewCutBySeconds: rounded(1 - secondsOf(ours) / secondsOf(everything)),
      sheets: sum(ours.map(({ sheets }) => sheets)),
      approvedTogether: sum(ours.map(({ approvedTogether }) => approvedTogether)),
      leftOut: sum(ours.map(({ leftOut }) => leftOut)),
      reviewCutRange: range(ours.map((one, index) => cutOf([one], everything.slice(index, index + 1)))),
      reviewCutByTemplate: rounded(partOf(ours, everything, 'low-risk-loop')),
      reviewCutByPrecedent: rounded(partOf(ours, everything, 'campaign-precedent')),
      reviewCutBySettledBriefs: rounded(partOf(ours, everything, 'settled-brief-loop')),
      reviewCutByFewerAudits: rounded(fewerAudits(ours) / answersOf(everything)),
      reviewCutSeasoned: rounded(cutOf(each(loaded, shipped, { agreedBefore: SEASONED }), everything)),
      reviewCutAt40: rounded(cutAt(0.4)),
      reviewCutAt80: rounded(cutAt(0.8)),
      autoApproved: sum(AUTO_APPROVAL_RULES.map(({ name }) => approvedBy(name))),
      approvedByPrecedent: approvedBy('campaign-precedent'),
      approvedWrongly: sum(AUTO_APPROVAL_RULES.map(({ name }) => wrongBy(name))),
      approvedWronglyByPrecedent: wrongBy('campaign-precedent'),
      suspensions: sum(ours.flatMap(({ byRule }) => [...byRule.values()].map(({ suspensions }) => suspensions))),
      highRiskAutoApproved: sum(ours.map(({ harmfulByRule }) => harmfulByRule)),
      deadlinesMetAt90: metOf(ours),
      deadlinesMetAt90Range: range(ours.map(shareMet)),
      deadlinesMetAt90Fifo: metOf(fifo),
      deadlinesMetAt90FifoRange: range(fifo.map(shareMet)),
      deadlinesMetAt90Tight: metOf(each(tightly)),
      deadlinesMetAt90TightFifo: metOf(each(tightly, firstInFirstOut)),
      auditsAnswered: rounded(sum(ours.map(({ auditsAnswered }) => auditsAnswered)) / sum(ours.map(({ audits }) => audits))),
      ...foundFigures('auditFoundMiss', young),
      ...foundFigures('auditFoundMissSeasoned', seasoned),
      auditMissedBy: 2 * SEEDS.length - young.length - seasoned.length,
    },
    goals: {
      reviewCut: { atLeast: 0.4 },
      highRiskAutoApproved: { atMost: 0 },
      deadlinesMetAt90: { atLeast: 0.95 },
      auditMissedBy: { atMost: 0 },
    },
  };
}

type Found = Outcome & { readonly suspendedAt: number };

function foundFigures(name: string, found: readonly Found[]): Benchmark['figures'] {
  const hours = found.map(({ suspendedAt }) => (suspendedAt - FAULT.fromMs) / HOUR_MS);
  const approved = found.map(({ approvedSinceFault }) => approvedSinceFault);
  return {
    [name]: found.length === 0 ? 'never' : median(approved),
    [`${name}Range`]: range(approved),
    [`${name}Hours`]: found.length === 0 ? 'never' : rounded(median(hours), 1),
  };
}

const answersOf = (outcomes: readonly Outcome[]): number => sum(outcomes.map(({ answers }) => answers));
/** Clips that were looked at beside others, so that no answer of their own was given. */
const clipsBeyondSheets = (outcomes: readonly Outcome[]): number =>
  sum(outcomes.map(({ approvedTogether, sheets }) => approvedTogether - sheets));
const secondsOf = (outcomes: readonly Outcome[]): number => sum(outcomes.map(({ workedSeconds }) => workedSeconds));
/** Answers of people that rules spare, audits counted, of those that people give who answer everything. */
const cutOf = (withRules: readonly Outcome[], without: readonly Outcome[]): number => 1 - answersOf(withRules) / answersOf(without);
/** What one rule spares, audited as a young rule is. */
const partOf = (withRules: readonly Outcome[], without: readonly Outcome[], rule: string): number =>
  sum(withRules.map(({ byRule }) => (byRule.get(rule)?.approved ?? 0) - (byRule.get(rule)?.auditedIfYoung ?? 0))) / answersOf(without);
const fewerAudits = (outcomes: readonly Outcome[]): number =>
  sum(outcomes.flatMap(({ byRule }) => [...byRule.values()].map(({ audited, auditedIfYoung }) => auditedIfYoung - audited)));

const shareMet = ({ met, questions }: Outcome): number => met / questions;
const metOf = (outcomes: readonly Outcome[]): number =>
  rounded(sum(outcomes.map(({ met }) => met)) / sum(outcomes.map(({ questions }) => questions)), 4);
const range = (values: readonly number[]): string =>
  values.length === 0 ? '-' : `${rounded(Math.min(...values))}..${rounded(Math.max(...values))}`;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
