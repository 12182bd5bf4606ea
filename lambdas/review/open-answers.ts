import { readTenantPolicies } from '#adapters/aws/safety-policies';
import { openTextModel } from '#adapters/inference/text/sentence-model';
import { requireEnvironment } from '#contracts/environment';
import type { TenantPolicy } from '#contracts/safety-policy';
import type { ReviewNeighbours } from '#domain/review/decide';
import { screenByPolicies } from '#domain/review/screen-words';
import { wordReaders } from '#domain/safety/brief/word-readers';
import type { EffectivePolicy } from '#domain/safety/policy/effective';
import { patience } from '../patience.ts';
import { type Environment, openReview } from './open-review.ts';

/** Of the 28 that the door of the room may take (lib/handlers.ts): a note is read in milliseconds once the model is open, which takes half a second. */
const READING_SECONDS = 15;

/** The same for doors through which people answer: what they write is screened by their tenant's policy. */
export function openAnswers(environment: Environment): ReviewNeighbours {
  const named = requireEnvironment(environment, ['FRAMEWRIGHT_SAFETY_POLICIES', 'FRAMEWRIGHT_WORD_MODELS']);
  const model = openTextModel(named.FRAMEWRIGHT_WORD_MODELS);
  const readers = ({ lexicon }: EffectivePolicy) => ({
    text: wordReaders(lexicon, model),
    patience: patience(READING_SECONDS),
  });
  return {
    ...openReview(environment),
    screenWords: screenByPolicies({ tenants: openPolicies(named.FRAMEWRIGHT_SAFETY_POLICIES), readers }),
  };
}

/** Read with the first words and kept with the sandbox; a reading that failed is tried again with the next ones. */
function openPolicies(location: string): () => Promise<readonly TenantPolicy[]> {
  let read: Promise<readonly TenantPolicy[]> | undefined;
  return () => {
    read ??= readTenantPolicies(location);
    read.catch(() => {
      read = undefined;
    });
    return read;
  };
}
