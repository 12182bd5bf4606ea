import type { Brief } from '#contracts/brief';
import type { BriefProblem } from '#contracts/events';
import { chooseMotion, motionPin } from '#domain/plan/choose-component';
import { templates } from '#domain/plan/templates';
import type { ComponentRegistry } from '#domain/ports';

/** A brief that asks for a component which may not or cannot run is told so now, before anything is paid for. */
export async function checkPins(brief: Brief, components: ComponentRegistry): Promise<BriefProblem[]> {
  const pin = motionPin(brief, templates[brief.template]);
  if (pin === undefined) return [];
  const choice = chooseMotion(pin, await components.known());
  return 'refusal' in choice ? [{ path: brief.components?.motion ? 'components.motion' : 'template', ...choice.refusal }] : [];
}
