import { type Benchmark, median, rounded } from './figures.ts';
import { capacitySeconds, firstInFirstOut, type Outcome, shipped, simulate } from './review-shifts.ts';
import { type Asked, START, workload, workOf } from './review-workload.ts';

/** Different weeks, so to speak; the figures are of all of them together, the ranges say how far single ones lie apart. */
const SEEDS = Array.from({ length: 6 }, (_, index) => 20_261_127 + index);
const DAYS = 2;
/** Share of previews made with the template that the rule covers: assumed, and varied. */
const COVERED = 0.6;
/** Offered work of people over the time they are there: two days, all shifts together. */
const LOAD = 0.9;
const OVERLOAD = 1.1;
/** The planted fault: half of what the covered template renders should be refused, from noon of the first day on, and no check sees it. */
const FAULT = { fromMs: START + 12 * 3_600_000, share: 0.5 };

/** The review room on SIMULATED questions and people, with the shipped decisions. */
export async function review(): Promise<Benchmark> {
  const asked = (load: number, more: Partial<Parameters<typeof workload>[0]> = {}): Asked[][] =>
    SEEDS.map((seed) =>
      workload({ seed, days: DAYS, workSeconds: load * capacitySeconds(DAYS), covered: COVERED, deadlines: 'mixed', ...more }),
    );
  const both = (arrivals: readonly Asked[][]) => ({
    ours: arrivals.map((one) => simulate(one, shipped)),
    fifo: arrivals.map((one) => simulate(one, firstInFirstOut)),
  });
  const loaded = asked(LOAD);
  const mixed = both(loaded);
  const tight = both(asked(LOAD, { deadlines: 'tight' }));
  const overloaded = both(asked(OVERLOAD));
  const faults = asked(LOAD, { fault: FAULT }).map((arrivals) => simulate(arrivals, shipped, FAULT.fromMs));
  const found = faults.flatMap(({ suspendedAt, ...one }) => (suspendedAt === undefined ? [] : [{ ...one, suspendedAt }]));
  const hoursUntilFound = found.map(({ suspendedAt }) => (suspendedAt - FAULT.fromMs) / 3_600_000);

  return {
    figures: {
      simulated: 'questions, people and times; the decisions are the shipped ones',
      seeds: SEEDS.length,
      questions: sum(loaded.map((arrivals) => arrivals.length)),
      load: rounded(sum(loaded.flat().map(workOf)) / (capacitySeconds(DAYS) * SEEDS.length)),
      reviewCut: rounded(cutOf(loaded.flat())),
      reviewCutRange: range(loaded.map(cutOf)),
      reviewCutAt40: rounded(cutOf(asked(LOAD, { covered: 0.4 }).flat())),
      reviewCutAt80: rounded(cutOf(asked(LOAD, { covered: 0.8 }).flat())),
      autoApproved: sum(mixed.ours.map(({ approvedByRule }) => approvedByRule)),
      highRiskAutoApproved: sum(mixed.ours.map(({ harmfulByRule }) => harmfulByRule)),
      deadlinesMetAt90: metOf(mixed.ours),
      deadlinesMetAt90Range: range(mixed.ours.map(shareMet)),
      deadlinesMetAt90Fifo: metOf(mixed.fifo),
      deadlinesMetAt90FifoRange: range(mixed.fifo.map(shareMet)),
      deadlinesMetAt90Tight: metOf(tight.ours),
      deadlinesMetAt90TightFifo: metOf(tight.fifo),
      deadlinesMetAt110: metOf(overloaded.ours),
      deadlinesMetAt110Fifo: metOf(overloaded.fifo),
      auditsAnswered: rounded(sum(mixed.ours.map(({ auditsAnswered }) => auditsAnswered)) / sum(mixed.ours.map(({ audits }) => audits))),
      auditFoundMiss: found.length === 0 ? 'never' : median(found.map(({ approvedSinceFault }) => approvedSinceFault)),
      auditFoundMissRange: range(found.map(({ approvedSinceFault }) => approvedSinceFault)),
      auditFoundMissHours: found.length === 0 ? 'never' : rounded(median(hoursUntilFound), 1),
      auditMissedBy: SEEDS.length - found.length,
    },
    goals: {
      reviewCut: { atLeast: 0.4 },
      highRiskAutoApproved: { atMost: 0 },
      deadlinesMetAt90: { atLeast: 0.95 },
      auditMissedBy: { atMost: 0 },
    },
  };
}

/** Answers of people that rules spare, audits counted, of those that would be asked for if people were asked about everything. */
function cutOf(asked: readonly Asked[]): number {
  const answers = ({ item, wrong }: Asked): number => (item.needsSecond && !wrong ? 2 : 1);
  const without = sum(asked.map(answers));
  const withRules = sum(asked.map((one) => (one.rule ? (one.isSampled ? 1 : 0) : answers(one))));
  return 1 - withRules / without;
}

const shareMet = ({ met, questions }: Outcome): number => met / questions;
const metOf = (outcomes: readonly Outcome[]): number =>
  rounded(sum(outcomes.map(({ met }) => met)) / sum(outcomes.map(({ questions }) => questions)), 4);
const range = (values: readonly number[]): string =>
  values.length === 0 ? '-' : `${rounded(Math.min(...values))}..${rounded(Math.max(...values))}`;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
