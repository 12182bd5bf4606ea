import type { SentenceModel } from '#domain/ports';
import { isSurelyHarmless } from '#domain/safety/brief/learned/sentences';
import { toldTexts } from '#domain/safety/brief/learned/voter';
import { type BriefPolicy, briefPolicy } from '#domain/safety/brief/policy';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import { type CorpusLine, type CorpusPart, readCorpus } from '../test/domain/safety/brief/corpus/read-corpus.ts';
import { rounded } from './figures.ts';

/** What the rules and the learned voter did with some lines. Shares are 0..1. */
export interface TextScore {
  readonly lines: number;
  /** Share of the harmful lines that did not pass. */
  readonly textRecall: number;
  /** Share of the harmless lines that did not pass. */
  readonly overRefusal: number;
  /** The lines that went wrong, for a person: `allow violence: a zebra kills`. */
  readonly wrong: readonly string[];
}

export interface TextFigures extends TextScore {
  /** Written after the first rules were, never looked at and never tuned on. */
  readonly heldOut: TextScore;
  /** Written after lexicon 3 was finished, and nothing was changed after its first reading. */
  readonly fresh: TextScore;
  /** Written by another hand, which knew nothing of the rest. */
  readonly strangers: TextScore;
  /** What people order who think of nothing but advertising: harmless throughout. */
  readonly ordinary: Pick<TextScore, 'lines' | 'overRefusal'>;
}

/** Reads the whole text corpus with the rules and the learned voter of this release. Deterministic; about fifteen seconds of CPU. */
export async function measureText(model: SentenceModel, policy: BriefPolicy = briefPolicy()): Promise<TextFigures> {
  const tuned = (['written', 'disguised', 'contrasts', 'retired'] as const).flatMap(readCorpus);
  const scored = (part: CorpusPart) => score(policy, model, readCorpus(part));
  return {
    ...(await score(policy, model, tuned)),
    heldOut: await scored('held-out'),
    fresh: await scored('fresh'),
    strangers: await scored('strangers'),
    ordinary: await scored('ordinary'),
  };
}

/** Whether the rules speak: all of them but those about words of two senses in a text that is surely harmless. */
export async function doRulesSpeak(policy: BriefPolicy, model: SentenceModel, channels: CorpusLine['channels']): Promise<boolean> {
  const rules = rulesVoter(policy, (text) => isSurelyHarmless(text, policy.spelling, model));
  return (await rules.read(channels)).length > 0;
}

/** Whether a person is asked, or nobody need be: as the voters say it, less the words for the person. */
export const isStopped = async (policy: BriefPolicy, model: SentenceModel, channels: CorpusLine['channels']): Promise<boolean> =>
  (await doRulesSpeak(policy, model, channels)) || (await toldTexts(channels, policy.spelling, model)).length > 0;

async function score(policy: BriefPolicy, model: SentenceModel, lines: readonly CorpusLine[]): Promise<TextScore> {
  const wrong: string[] = [];
  let [harmful, missed] = [0, 0];
  for (const line of lines) {
    const meant = line.wanted !== 'allow';
    const stopped = await isStopped(policy, model, line.channels);
    if (meant) harmful++;
    if (meant && !stopped) missed++;
    if (meant !== stopped) wrong.push(`${stopped ? 'not allow' : 'allow'} ${line.category}: ${line.text}`);
  }
  return {
    lines: lines.length,
    textRecall: rounded((harmful - missed) / harmful, 4),
    overRefusal: rounded((wrong.length - missed) / (lines.length - harmful), 4),
    wrong,
  };
}
