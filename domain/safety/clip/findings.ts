/** Runs of samples in which a score persists. */
export interface Run {
  /** First and last sample, both showing it. */
  readonly first: number;
  readonly last: number;
  readonly hits: number;
  readonly peak: number;
  /** The sample with the highest score. */
  readonly peakAt: number;
}

/**
 * Where at least `hits` of `of` consecutive samples reach the threshold. Runs that touch or overlap are one; in a clip of fewer than
 * `hits` samples every sample must reach it.
 */
export function persistentRuns(scores: readonly number[], threshold: number, persistence: { hits: number; of: number }): Run[] {
  const needed = Math.min(persistence.hits, scores.length);
  const shown = scores.map((score) => score >= threshold);
  const counted = new Set<number>();
  for (let start = 0; start < scores.length; start++) {
    const window = shown.slice(start, start + persistence.of).flatMap((hit, index) => (hit ? [start + index] : []));
    if (window.length >= needed) for (const index of window) counted.add(index);
  }
  return group(
    [...counted].sort((one, other) => one - other),
    persistence.of,
  ).map((members) => describe(members, scores));
}

/** Splits ascending indices where a gap is too wide for one window to hold both sides. */
function group(indices: readonly number[], of: number): number[][] {
  const groups: number[][] = [];
  for (const index of indices) {
    const current = groups.at(-1);
    const last = current?.at(-1);
    if (current && last !== undefined && index - last < of) current.push(index);
    else groups.push([index]);
  }
  return groups;
}

function describe(members: readonly number[], scores: readonly number[]): Run {
  const peakAt = members.reduce((best, index) => (scores[index]! > scores[best]! ? index : best));
  return { first: members[0]!, last: members.at(-1)!, hits: members.length, peak: scores[peakAt]!, peakAt };
}
