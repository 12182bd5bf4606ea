import type { Component } from '#contracts/component';

/** IPTC's vocabulary of where pictures come from; C2PA's `created` action must name one of its words. */
const IPTC = 'http://cv.iptc.org/newscodes/digitalsourcetype';

/**
 * What a clip honestly is. The real product photo always lies over a made plate, so it is a composite:
 * - plate drawn by rule: `compositeSynthetic`, a mix of elements of which at least one is synthetic;
 * - plate drawn by a trained model: `compositeWithTrainedAlgorithmicMedia`, which is how viewers learn that AI was used.
 * A component that ships weights counts as trained. One that ships files for another reason is declared as AI too:
 * declaring too much is a nuisance, declaring too little is a lie.
 */
export function clipSourceType(generator: Component): string {
  return `${IPTC}/${isTrained(generator) ? 'compositeWithTrainedAlgorithmicMedia' : 'compositeSynthetic'}`;
}

/** What the plate alone is: the picture before the product goes over it. */
export function plateSourceType(generator: Component): string {
  return `${IPTC}/${isTrained(generator) ? 'trainedAlgorithmicMedia' : 'algorithmicMedia'}`;
}

const isTrained = (component: Component): boolean => Object.keys(component.files).length > 0;
