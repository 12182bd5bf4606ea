/** The river, in order. Stage words are fixed: every folder, page, metric and event uses exactly these. */
export const STAGES = ['intake', 'prep', 'plan', 'generate', 'post', 'safety', 'review', 'publish'] as const;
export type Stage = (typeof STAGES)[number];

/** The same render machine runs twice: a cheap draft to decide on, then the clip that is paid for. */
export const TIERS = ['preview', 'final'] as const;
export type Tier = (typeof TIERS)[number];

/**
 * One visit to a stage inside a job, in the order a job makes them. A stage can be visited more than once
 * (safety screens the brief, then each render), so events and progress are numbered by visit, not by stage.
 */
export const VISITS = [
  'intake',
  'prep',
  'safety:brief',
  'review:brief',
  'plan:preview',
  'generate:preview',
  'post:preview',
  'safety:preview',
  'review:preview',
  'plan:final',
  'generate:final',
  'post:final',
  'safety:final',
  'review:final',
  'publish',
] as const;
export type Visit = (typeof VISITS)[number];

/** The stage a visit belongs to: `safety:final` is a visit to `safety`. */
export function stageOf(visit: Visit): Stage {
  const word = visit.split(':')[0];
  const stage = STAGES.find((candidate) => candidate === word);
  if (!stage) throw new RangeError(`visit ${visit} names no stage of ${STAGES.join(', ')}`);
  return stage;
}

/** The tier a visit renders for; `undefined` for visits that serve both (intake, prep, safety:brief, publish). */
export function tierOf(visit: Visit): Tier | undefined {
  const word = visit.split(':')[1];
  return TIERS.find((candidate) => candidate === word);
}
