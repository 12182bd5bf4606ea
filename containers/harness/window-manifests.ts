import type { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import { contractViolated } from '#domain/errors';
import { manifestMatches } from '#domain/generate/manifest-matches';
import { parseManifest } from '#domain/generate/parse-manifest';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';

/** What a window became, already in the store. */
export type RenderedWindow = Pick<WindowManifest, 'frames' | 'decodedSha256' | 'context'>;

/** The manifest is the only proof that a window is done: it is written last, and only once. */
export interface WindowManifests {
  find(window: Window): Promise<WindowManifest | undefined>;
  /** `false` when another worker was first with the same frames. */
  commit(window: Window, rendered: RenderedWindow): Promise<boolean>;
}

export function windowManifests(store: ArtifactStore, plan: PlanDocument, shot: Shot): WindowManifests {
  const keyOf = (window: Window): string => keys.windowManifest(plan, shot, window);

  const find = async (window: Window): Promise<WindowManifest | undefined> => {
    const found = await store.find(keyOf(window));
    if (!found) return undefined;
    const manifest = parseManifest(found.body);
    const problem = manifest ? manifestMatches(manifest, plan, shot, window) : 'an unreadable manifest';
    if (!manifest || problem !== undefined) throw contractViolated(keyOf(window), `expected this plan's window, found ${problem}`);
    return manifest;
  };

  return {
    find,
    async commit(window, { frames, decodedSha256, context }) {
      const manifest: WindowManifest = {
        schema: 'framewright/window/v1',
        jobId: plan.jobId,
        tier: plan.tier,
        shot: shot.index,
        window,
        component: plan.component,
        frames,
        frameCount: window.end - window.start,
        ...plan.plate,
        decodedSha256,
        ...(context && { context }),
      };
      if (await store.create(keyOf(window), canonicalJson(manifest), 'application/json')) return true;
      const standing = await find(window);
      // Whoever was first decides; the same seed must have given the same frames, or ours have just replaced theirs.
      if (standing?.frames.sha256 !== frames.sha256)
        throw contractViolated(
          keyOf(window),
          `expected frames ${standing?.frames.sha256}, as committed by another worker, rendered ${frames.sha256}`,
        );
      if (standing.context?.sha256 !== context?.sha256)
        throw contractViolated(
          keyOf(window),
          `expected the context ${standing.context?.sha256}, as committed by another worker, left ${context?.sha256}`,
        );
      return false;
    },
  };
}
