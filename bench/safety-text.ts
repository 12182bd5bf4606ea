import { SAFETY_CATEGORIES, type SafetyCategory } from '#contracts/verdict';
import { learnedVotes } from '#domain/safety/brief/learned/voter';
import { matchRules } from '#domain/safety/brief/match-rules';
import { type BriefPolicy, briefPolicy } from '#domain/safety/brief/policy';
import { type CorpusLine, readCorpus } from '../test/domain/safety/brief/corpus/read-corpus.ts';
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
  /** Recall of the harmful lines of a category, all parts of the corpus together, where a finding names the category itself. */
  readonly byCategory: Partial<Record<SafetyCategory, { readonly lines: number; readonly recall: number }>>;
}

/** Reads the whole text corpus with the rules and the learned voter of this release. Deterministic; about three seconds of CPU. */
export function measureText(policy: BriefPolicy = briefPolicy()): TextFigures {
  const tuned = (['written', 'disguised', 'contrasts', 'retired'] as const).flatMap(readCorpus);
  const heldOut = readCorpus('held-out');
  const fresh = readCorpus('fresh');
  return {
    ...score(policy, tuned),
    heldOut: score(policy, heldOut),
    fresh: score(policy, fresh),
    byCategory: byCategory(policy, [...tuned, ...heldOut, ...fresh]),
  };
}

export function score(policy: BriefPolicy, lines: readonly CorpusLine[]): TextScore {
  const judged = lines.map((line) => ({
    line,
    passes: matchRules(policy, line.channels).length + learnedVotes(policy, line.channels).length === 0,
  }));
  const wrong = judged.filter(({ line, passes }) => passes !== (line.wanted === 'allow'));
  const harmful = lines.filter(({ wanted }) => wanted !== 'allow').length;
  const missed = wrong.filter(({ passes }) => passes).length;
  return {
    lines: lines.length,
    textRecall: rounded((harmful - missed) / harmful, 4),
    overRefusal: rounded((wrong.length - missed) / (lines.length - harmful), 4),
    wrong: wrong.map(({ line, passes }) => `${passes ? 'allow' : 'not allow'} ${line.category}: ${line.text}`),
  };
}

function byCategory(policy: BriefPolicy, lines: readonly CorpusLine[]): TextFigures['byCategory'] {
  const harmful = lines.filter(({ wanted }) => wanted !== 'allow');
  const entries = SAFETY_CATEGORIES.map((category) => {
    const own = harmful.filter((line) => line.category === category);
    const found = own.filter(({ channels }) => matchRules(policy, channels).some((finding) => finding.category === category));
    return [category, { lines: own.length, recall: rounded(found.length / Math.max(1, own.length), 4) }] as const;
  });
  return Object.fromEntries(entries.filter(([, { lines: count }]) => count > 0));
}
