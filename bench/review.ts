import { type Benchmark, median, rounded } from './figures.ts';
import { capacitySeconds, type Discipline, firstInFirstOut, type Outcome, shipped, simulate } from './review-shifts.ts';
import { type Asked, START, workload, workOf } from './review-workload.ts';

/** Different weeks, so to speak; the figures are of all of them together, the ranges say how far single ones lie apart. */
const SEEDS = Array.from({ length: 10 }, (_, index) => 20_261_127 + index);
const DAYS = 2;
/** Share of previews made with the template that the rule covers: assumed, and varied. */
const COVERED = 0.6;
const LOAD = 0.9;
/** The planted fault: half of what the covered template renders should be refused, from noon of the first day on, and no check sees it. */
const FAULT = { fromMs: START + 12 * 3_600_000, share: 0.5 };

/** The review room on SIMULATED questions and people, with the shipped decisions. */
export async function review(): Promise<Benchmark> {
  const at = (load: number, covered = COVERED) =>
    SEEDS.map((seed) => workload({ seed, days: DAYS, workSeconds: load * capacitySeconds(DAYS), covered }));
  const loaded = at(LOAD);
  const ours = loaded.map((arrivals) => simulate(arrivals, shipped));
  const fifo = loaded.map((arrivals) => simulate(arrivals, firstInFirstOut));
  const faults = SEEDS.map((seed) => {
    const arrivals = workload({ seed, days: DAYS, workSeconds: LOAD * capacitySeconds(DAYS), covered: COVERED, fault: FAULT });
    return simulate(arrivals, shipped, FAULT.fromMs);
  });
  const found = faults.filter(({ suspendedAt }) => suspendedAt !== undefined);
  const over = (load: number, discipline: Discipline) => metOf(at(load).map((arrivals) => simulate(arrivals, discipline)));

  return {
    figures: {
      simulated: 'questions, people and times; the decisions are the shipped ones',
      seeds: SEEDS.length,
      questions: sum(loaded.map((arrivals) => arrivals.length)),
      load: rounded(sum(loaded.flat().map(workOf)) / (capacitySeconds(DAYS) * SEEDS.length)),
      reviewCut: rounded(cutOf(loaded.flat())),
      reviewCutRange: range(loaded.map(cutOf)),
      reviewCutAt40: rounded(cutOf(at(LOAD, 0.4).flat())),
      reviewCutAt80: rounded(cutOf(at(LOAD, 0.8).flat())),
      highRiskAutoApproved: sum(ours.map(({ harmfulByRule }) => harmfulByRule)),
      autoApproved: sum(ours.map(({ approvedByRule }) => approvedByRule)),
      deadlinesMetAt90: metOf(ours),
      deadlinesMetAt90Range: range(ours.map((one) => one.met / one.questions)),
      deadlinesMetAt90Fifo: metOf(fifo),
      deadlinesMetAt90FifoRange: range(fifo.map((one) => one.met / one.questions)),
      deadlinesMetAt100: over(1, shipped),
      deadlinesMetAt100Fifo: over(1, firstInFirstOut),
      auditsAnswered: rounded(sum(ours.map(({ auditsAnswered }) => auditsAnswered)) / sum(ours.map(({ audits }) => audits))),
      auditFoundMiss: found.length === 0 ? 'never' : median(found.map(({ approvedSinceFault }) => approvedSinceFault)),
      auditFoundMissRange: range(found.map(({ approvedSinceFault }) => approvedSinceFault)),
      auditFoundMissHours:
        found.length === 0 ? 'never' : rounded(median(found.map(({ suspendedAt = 0 }) => (suspendedAt - FAULT.fromMs) / 3_600_000)), 1),
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

const metOf = (outcomes: readonly Outcome[]): number =>
  rounded(sum(outcomes.map(({ met }) => met)) / sum(outcomes.map(({ questions }) => questions)));
const range = (values: readonly number[]): string =>
  values.length === 0 ? '-' : `${rounded(Math.min(...values))}..${rounded(Math.max(...values))}`;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
