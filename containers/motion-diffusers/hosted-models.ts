import { Component, refText } from '#contracts/component';
import { contractViolated } from '#domain/errors';
import fastwan from '../fastwan22-ti2v-5b/component.json' with { type: 'json' };
import vace from '../wan21-vace-1-3b/component.json' with { type: 'json' };
import wan from '../wan22-ti2v-5b/component.json' with { type: 'json' };

/** The components that this image can be. */
export const MODELS: readonly Component[] = [wan, fastwan, vace].map((manifest) => Component.parse(manifest));

/** The one that the job definition names, `id@version`. */
export function modelNamed(reference: string | undefined): Component {
  const found = MODELS.find((model) => refText(model) === reference);
  if (found) return found;
  throw contractViolated('FRAMEWRIGHT_COMPONENT', `expected one of ${MODELS.map(refText).join(', ')}, found ${reference ?? 'none'}`);
}
