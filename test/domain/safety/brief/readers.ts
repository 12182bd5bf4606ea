import { fileURLToPath } from 'node:url';
import { openTextModel } from '#adapters/inference/text/sentence-model';
import { wordReaders } from '#domain/safety/brief/word-readers';
import type { EffectivePolicy } from '#domain/safety/policy/effective';
import { patient } from '../world.ts';

/** The learned model of this release. */
export const textModel = openTextModel(fileURLToPath(new URL('../../../../.framewright/models', import.meta.url)));
/** Both readers of this release, as the doors ask them. */
export const readersOf = ({ lexicon }: Pick<EffectivePolicy, 'lexicon'>) => ({ text: wordReaders(lexicon, textModel), patience: patient });
