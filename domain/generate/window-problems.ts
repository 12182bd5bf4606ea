import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import { manifestMatches } from './manifest-matches.ts';
import { parseManifest } from './parse-manifest.ts';

/** Where each window of a plan proves that it is done. */
export function plannedManifests(plan: PlanDocument): { key: string; shot: Shot; window: Window }[] {
  return plan.shots.flatMap((shot) =>
    shot.windows.map((window) => ({
      key: keys.windowManifest(plan, shot, window),
      shot,
      window,
    })),
  );
}

/**
 * What stands between this plan and a finished render, one sentence a window; empty when everything is there.
 * `found` holds the bytes at each key, nothing for a key where nothing is.
 */
export function windowProblems(plan: PlanDocument, found: ReadonlyMap<string, Uint8Array>): string[] {
  return plannedManifests(plan).flatMap(({ key, shot, window }) => {
    const place = `shot ${shot.index} window ${window.start}-${window.end}`;
    const bytes = found.get(key);
    if (!bytes) return [`${place} is missing`];
    const manifest = parseManifest(bytes);
    const problem = manifest ? manifestMatches(manifest, plan, shot, window) : 'an unreadable manifest';
    return problem === undefined ? [] : [`${place} has ${problem}`];
  });
}
