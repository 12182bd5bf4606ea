import type { JobRow } from '#contracts/ledger';
import { microUsd } from '#contracts/money';
import type { ReviewItem } from '#contracts/review';
import type { Dashboard } from '#contracts/review-api';
import { costPerRenderedSecond } from '#domain/ledger/cost-per-second';
import { lastingClaim } from './claims.ts';
import { type Question, questionsOf } from './questions.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Up to two days a person thinks in hours: 48 columns still fit a screen. */
const HOURLY_DAYS = 2;

export interface DashboardFacts {
  /** Rows that wait now. */
  readonly waiting: readonly ReviewItem[];
  /** Rows settled since the period began; others do no harm. */
  readonly settled: readonly ReviewItem[];
  /** Jobs accepted since the period began; others do no harm. */
  readonly jobs: readonly JobRow[];
  readonly days: number;
  readonly now: Date;
}

/** Columns of the picture: whole UTC hours or days, the last one not over yet. */
export function periodOf(days: number, now: Date): { readonly from: Date; readonly stepMs: number; readonly columns: number } {
  const stepMs = days <= HOURLY_DAYS ? HOUR_MS : DAY_MS;
  const columns = (days * DAY_MS) / stepMs;
  const last = Math.floor(now.getTime() / stepMs) * stepMs;
  return { from: new Date(last - (columns - 1) * stepMs), stepMs, columns };
}

/**
 * What leads look at. Every number is a count over the same questions, so they add up: `decisions + automatic + expired` of the columns is
 * `decided.total`, and so is `approved + rejected + rework + expired`. A question whose job ended while it waited is in none of them.
 */
export function dashboard({ waiting, settled, jobs, days, now }: DashboardFacts): Dashboard {
  const { from, stepMs, columns } = periodOf(days, now);
  const isIn = (at: number): boolean => at >= from.getTime() && at <= now.getTime();
  const questions = [...waiting, ...settled].flatMap(questionsOf);
  const ended = questions.flatMap((question) => (question.end && isIn(question.end.at) ? [{ ...question, end: question.end }] : []));
  const column = (at: number): number => Math.floor((at - from.getTime()) / stepMs);

  const flow = Array.from({ length: columns }, (_, index) => ({
    from: new Date(from.getTime() + index * stepMs).toISOString(),
    arrivals: 0,
    decisions: 0,
    automatic: 0,
    expired: 0,
  }));
  for (const { askedAt } of questions) if (isIn(askedAt)) bump(flow[column(askedAt)], 'arrivals');
  for (const { end } of ended)
    bump(flow[column(end.at)], end.outcome === 'expired' ? 'expired' : end.isAutomatic ? 'automatic' : 'decisions');

  const byPeople = ended.filter(({ end }) => !end.isAutomatic && end.outcome !== 'expired');
  const count = (outcome: string, among: readonly Ended[] = ended): number => among.filter(({ end }) => end.outcome === outcome).length;
  const recent = jobs.filter(({ acceptedAt }) => isIn(Date.parse(acceptedAt)));
  return {
    at: now.toISOString(),
    days,
    flow,
    waiting: waitingNow(waiting, now),
    decided: {
      total: ended.length,
      approved: count('approved'),
      rejected: count('rejected'),
      rework: count('rework'),
      expired: count('expired'),
      inTime: share(ended.length - count('expired'), ended.length),
      humanShare: share(byPeople.length, ended.length),
      medianSeconds: quantile(byPeople.map(secondsOf), 0.5),
      p95Seconds: quantile(byPeople.map(secondsOf), 0.95),
      reworkSeconds: mean(ended.filter(({ end }) => end.outcome === 'rework').flatMap((one) => secondsToNext(one, questions))),
    },
    templates: groupBy(ended, ({ template }) => [template]).map(([template, group]) => {
      const people = group.filter(({ end }) => !end.isAutomatic);
      return {
        template,
        approved: count('approved', people),
        rejected: count('rejected', people),
        rework: count('rework', people),
        automatic: group.length - people.length,
      };
    }),
    reviewers: reviewers(byPeople, waiting, now),
    timeToPreview: timeToPreview(recent, questions),
    cost: cost(recent),
  };
}

type Ended = Question & { readonly end: NonNullable<Question['end']> };

function bump<K extends string>(counts: Record<K, number> | undefined, key: K): void {
  if (counts) counts[key] += 1;
}

/** Ages in hours at which a waiting question comes into the next group; half open. */
const AGES = [
  { label: 'below 1 h', below: 1 },
  { label: '1 to 4 h', below: 4 },
  { label: '4 to 12 h', below: 12 },
  { label: '12 to 24 h', below: 24 },
  { label: 'over 24 h', below: Number.POSITIVE_INFINITY },
] as const;

function waitingNow(waiting: readonly ReviewItem[], now: Date): Dashboard['waiting'] {
  const ages = waiting.map(({ requestedAt }) => Math.max(0, now.getTime() - Date.parse(requestedAt)));
  const group = (age: number): number => AGES.findIndex(({ below }) => age < below * HOUR_MS);
  return {
    total: waiting.length,
    claimed: waiting.filter((item) => lastingClaim(item, now) !== undefined).length,
    overdue: waiting.filter(({ deadlineAt }) => Date.parse(deadlineAt) <= now.getTime()).length,
    byAge: AGES.map(({ label }, index) => ({ label, count: ages.filter((age) => group(age) === index).length })),
    oldestSeconds: ages.reduce((oldest, age) => Math.max(oldest, age), 0) / 1000,
  };
}

/** Whoever answered in the period or holds something now. Two who approved together have decided once each. */
function reviewers(decided: readonly Ended[], waiting: readonly ReviewItem[], now: Date): Dashboard['reviewers'] {
  const claims = waiting.flatMap((item) => lastingClaim(item, now)?.reviewer ?? []);
  const groups = new Map(groupBy(decided, ({ end }) => end.by));
  return [...new Set([...groups.keys(), ...claims])].sort().map((reviewer) => {
    const own = groups.get(reviewer) ?? [];
    const claimed = claims.filter((name) => name === reviewer).length;
    return { reviewer, decided: own.length, claimed, medianSeconds: quantile(own.map(secondsOf), 0.5) };
  });
}

function timeToPreview(jobs: readonly JobRow[], questions: readonly Question[]): Dashboard['timeToPreview'] {
  const first = new Map<string, number>();
  for (const { jobId, subject, kind, askedAt } of questions)
    if (subject === 'preview' && kind === 'decision') first.set(jobId, Math.min(askedAt, first.get(jobId) ?? askedAt));
  const seconds = jobs.flatMap(({ jobId, acceptedAt }) => {
    const askedAt = first.get(jobId);
    return askedAt === undefined ? [] : [Math.max(0, askedAt - Date.parse(acceptedAt)) / 1000];
  });
  return { medianSeconds: quantile(seconds, 0.5), p95Seconds: quantile(seconds, 0.95), jobs: seconds.length };
}

function cost(jobs: readonly JobRow[]): Dashboard['cost'] {
  const total = jobs.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);
  const renderedSeconds = jobs.reduce((sum, job) => sum + (job.renderedSeconds ?? 0), 0);
  return {
    totalMicroUsd: microUsd(total),
    renderedSeconds,
    perRenderedSecondMicroUsd: costPerRenderedSecond(total, renderedSeconds),
  };
}

const secondsOf = ({ askedAt, end }: Ended): number => Math.max(0, end.at - askedAt) / 1000;

/** Seconds until the job was asked about again; nothing while it is rendered, or when it never was. */
function secondsToNext({ jobId, end }: Ended, questions: readonly Question[]): number[] {
  const later = questions.filter((one) => one.jobId === jobId && one.askedAt > end.at).map(({ askedAt }) => askedAt);
  return later.length === 0 ? [] : [(Math.min(...later) - end.at) / 1000];
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** The smallest value that `q` of all values do not exceed; null for none. */
function quantile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}

function groupBy<T>(values: readonly T[], keysOf: (value: T) => readonly string[]): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const value of values)
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}
