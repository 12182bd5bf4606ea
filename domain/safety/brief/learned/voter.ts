import { SAFETY_CATEGORIES, type SafetyVote } from '#contracts/verdict';
import type { Channel, TextVoter } from '#domain/ports';
import { hiddenText } from '../fold.ts';
import type { BriefPolicy } from '../policy.ts';
import { readingsOf } from '../readings.ts';
import { openTextModel, type TextModel } from './model.ts';
import weights from './weights.json' with { type: 'json' };
import { likelyWords } from './words.ts';

/**
 * From here on a text is told. On the half of the corpora that may be looked at, 4.6 % of Alpaca's harmless instructions are stopped with the
 * rules, 4.9 % from 0.9 on and 4.2 % from 0.95 on; between them one to three points of recall lie (docs/guides/safety-rules.md).
 */
export const TOLD_FROM = 0.92;
/** What an evidence line can carry, and the votes of one answer. */
const [MAX_EVIDENCE, MAX_VOTES] = [500, 500];

export const LEARNED_TEXT = 'learned-text';

/** Reads whole sentences instead of listed words. It can only ask for a person: the policy's scale ends below every line that refuses. */
export const learnedVoter = (lexicon: BriefPolicy, model: () => TextModel = releasedTextModel): TextVoter => ({
  id: `${LEARNED_TEXT}@${weights.version}`,
  sees: 'text',
  categories: SAFETY_CATEGORIES.filter((category) => category !== 'unchecked'),
  read: async (channels) => learnedVotes(lexicon, channels, model()),
});

/** The same at once. Throws when the model cannot be opened. */
export function learnedVotes(
  { spelling }: BriefPolicy,
  channels: readonly Channel[],
  model: TextModel = releasedTextModel(),
): SafetyVote[] {
  return channels
    .flatMap(({ name, text }): SafetyVote[] => {
      const words = likelyWords(readingsOf(`${text}\n${hiddenText(text)}`, spelling), spelling);
      if (words.length === 0) return [];
      const { harm, category, because } = model.judge(words);
      const evidence = `${name}: reads as ${category} (${harm.toFixed(3)}), mostly because of "${because.join('", "')}"`;
      return harm >= TOLD_FROM ? [{ category, score: harm, evidence: evidence.slice(0, MAX_EVIDENCE) }] : [];
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, MAX_VOTES);
}

/** The model of this release. */
export function releasedTextModel(): TextModel {
  opened ??= openTextModel(weights);
  return opened;
}
/** Opening takes some 60 ms and the result never changes. */
let opened: TextModel | undefined;
