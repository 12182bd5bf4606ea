import { Brief } from '#contracts/brief';
import type { Component } from '#contracts/component';
import type { PlanDocument, Shot } from '#contracts/plan';
import { planDocument } from '#domain/plan/plan-document';
import type { WindowRequest } from '../../../containers/harness/motion-backend.ts';

/** Gives the plan its form; what the picture depends on is said below, so that a wiser planner changes no golden frame. */
const brief = Brief.parse({
  schema: 'framewright/brief/v1',
  tenant: 'golden',
  campaign: 'contract',
  product: { name: 'Coffee', photo: 'photo.png' },
  storyboard: [{ seconds: 8, description: 'Golden bokeh drifts slowly over a dark table', camera: 'push-in' }],
  brand: { palette: ['#2b1a12', '#d9a066', '#f6eee3'] },
});

export interface GoldenRequests {
  /** The first window of the shot. */
  readonly first: WindowRequest;
  /** The window after it, as the plan has it; the harness adds the context. */
  readonly second: WindowRequest;
}

/** What every component is asked to draw. */
const PICTURE = {
  motif: 'bokeh',
  colors: ['#2b1a12', '#d9a066', '#f6eee3'],
  camera: 'push-in',
  seed: 20_261_124,
  prompt: { text: 'golden bokeh drifts slowly over a dark table', tokens: ['golden', 'bokeh', 'drifts', 'slowly', 'dark', 'table'] },
} as const satisfies Partial<Shot>;

/** Two neighbouring windows of a plan made for this component, at preview size. */
export function goldenRequests(component: Component): GoldenRequests {
  const plan: PlanDocument = planDocument({
    job: { jobId: 'golden_0123456789abcdef01234567', tenant: 'golden' },
    tier: 'preview',
    brief,
    photoPalette: [],
    component,
  });
  const [shot] = plan.shots;
  const [one, two] = shot?.windows ?? [];
  if (!shot || !one || !two) throw new RangeError(`expected two windows of 8 s for ${component.id}, found ${shot?.windows.length}`);
  const about = { shot: { ...shot, ...PICTURE }, plate: plan.plate, fps: plan.fps };
  return { first: { ...about, window: { ...one, seed: 1_001 } }, second: { ...about, window: { ...two, seed: 1_002 } } };
}
