import { type JobRow, TERMINAL_STATUSES } from '#contracts/ledger';
import { stageOf, VISITS, type Visit } from '#contracts/stages';

/** How long a visit takes: `fixed` seconds and `perSecond` for each second of the clip. */
interface Typical {
  readonly fixed: number;
  readonly perSecond: number;
}

/**
 * Seconds of each visit on two cores with a local AWS, taken from runs of the demo (15 s, 1280x720). Only their proportions matter much: an
 * estimate is scaled by how the job at hand really goes. Reviews are not here, since nobody can tell how long a person takes.
 */
const TYPICAL: Readonly<Partial<Record<Visit, Typical>>> = {
  intake: { fixed: 1.7, perSecond: 0 },
  prep: { fixed: 1.7, perSecond: 0 },
  'safety:brief': { fixed: 0.4, perSecond: 0 },
  'plan:preview': { fixed: 0.3, perSecond: 0 },
  'generate:preview': { fixed: 0.6, perSecond: 0.13 },
  'post:preview': { fixed: 0.8, perSecond: 0.27 },
  'safety:preview': { fixed: 1.2, perSecond: 0.05 },
  'plan:final': { fixed: 0.3, perSecond: 0 },
  'generate:final': { fixed: 0.7, perSecond: 0.27 },
  'post:final': { fixed: 1, perSecond: 0.7 },
  'safety:final': { fixed: 1.2, perSecond: 0.05 },
  publish: { fixed: 0.5, perSecond: 0 },
};

/** A clip of unknown length is taken for one of this many seconds. */
const USUAL_CLIP_SECONDS = 15;
/** The table counts for as much as this many seconds of what was seen: one slow second at the start says little about a minute. */
const TRUST_SECONDS = 5;

/**
 * Seconds until the job ends, reviews not counted; `undefined` when it ended or waits for a person. `workedSeconds` is the time since the
 * brief was accepted, without the time spent waiting for reviews.
 */
export function secondsLeft(row: JobRow, workedSeconds: number): number | undefined {
  if (TERMINAL_STATUSES.includes(row.status) || row.status === 'waiting-for-review') return undefined;
  const clip = row.clipSeconds ?? USUAL_CLIP_SECONDS;
  const typical = (visit: Visit): number => {
    const { fixed, perSecond } = TYPICAL[visit] ?? { fixed: 0, perSecond: 0 };
    return fixed + perSecond * clip;
  };
  const current = VISITS.indexOf(row.visit);
  const path = VISITS.filter((visit, index) => index <= current || isAhead(visit, row));
  const sum = (visits: readonly Visit[]): number => visits.reduce((total, visit) => total + typical(visit), 0);

  const share = row.percent / 100;
  const done = sum(path.filter((visit) => VISITS.indexOf(visit) < current)) + typical(row.visit) * share;
  const left = sum(path.filter((visit) => VISITS.indexOf(visit) > current)) + typical(row.visit) * (1 - share);
  const pace = (TRUST_SECONDS + workedSeconds) / (TRUST_SECONDS + done);
  return left * pace;
}

/** A job that stops at its preview neither renders nor publishes a final. */
function isAhead(visit: Visit, row: JobRow): boolean {
  if (stageOf(visit) === 'review') return false;
  return row.tier !== 'preview' || !(visit.endsWith(':final') || visit === 'publish');
}
