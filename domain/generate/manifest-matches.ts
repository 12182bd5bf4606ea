import type { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';

/** What is wrong with a manifest for this window of this plan, in words; `undefined` when it is the proof that the window is done. */
export function manifestMatches(manifest: WindowManifest, plan: PlanDocument, shot: Shot, window: Window): string | undefined {
  const component = ({ id, version }: PlanDocument['component']): string => `${id}@${version}`;
  const facts: (readonly [name: string, expected: unknown, found: unknown])[] = [
    ['jobId', plan.jobId, manifest.jobId],
    ['tier', plan.tier, manifest.tier],
    ['shot', shot.index, manifest.shot],
    ['window.start', window.start, manifest.window.start],
    ['window.end', window.end, manifest.window.end],
    ['window.seed', window.seed, manifest.window.seed],
    ['component', component(plan.component), component(manifest.component)],
    ['frameCount', window.end - window.start, manifest.frameCount],
    ['width', plan.plate.width, manifest.width],
    ['height', plan.plate.height, manifest.height],
    ['frames.key', keys.window(plan, shot, window), manifest.frames.key],
  ];
  if (manifest.context) facts.push(['context.key', keys.windowContext(plan, shot, window), manifest.context.key]);
  const wrong = facts.find(([, expected, found]) => expected !== found);
  if (wrong) return `${wrong[0]} ${wrong[2]} instead of ${wrong[1]}`;
  return manifest.frames.bytes === 0 ? 'frames without bytes' : undefined;
}
