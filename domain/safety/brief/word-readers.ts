import type { SentenceModel, TextVoter } from '#domain/ports';
import { isSurelyHarmless } from './learned/sentences.ts';
import { learnedVoter } from './learned/voter.ts';
import type { BriefPolicy } from './policy.ts';
import { rulesVoter } from './rules-voter.ts';

/** Who reads words wherever they are read: the lexicon, which asks the model about words of two senses, and the model itself. */
export const wordReaders = (lexicon: BriefPolicy, model: SentenceModel): readonly TextVoter[] => [
  rulesVoter(lexicon, (text) => isSurelyHarmless(text, lexicon.spelling, model)),
  learnedVoter(lexicon, model),
];
