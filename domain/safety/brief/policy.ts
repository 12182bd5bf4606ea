import { createHash } from 'node:crypto';
import * as z from 'zod';
import { SafetyCategory } from '#contracts/verdict';
import { canonicalJson } from '#domain/plan/canonical-json';
import { knownWords, lexicon } from './lexicon.ts';
import { type Spelling, spellingOf } from './spelling.ts';
import { compileTerm, TermFinder, wordsOf } from './terms.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const verdict = { category: SafetyCategory.exclude(['unchecked']), score: z.number().min(0).max(1) };

const Rule = z.strictObject({
  id,
  ...verdict,
  /** `signal` alone says nothing; combinations listen to it. */
  severity: z.enum(['signal', 'review', 'reject']),
  /** `never`: the terms say who is hurt, so no harmless reading of one word of them counts ("a butter knife at her throat"). */
  excuse: z.enum(['never']).optional(),
  /** `sentence`: its words have harmless senses too, so a match counts unless the text that it stands in is surely harmless. */
  sense: z.enum(['sentence']).optional(),
  terms: z.array(z.string()).min(1),
});
export type Rule = z.infer<typeof Rule>;

/** Two things that are harmless, or merely doubtful, alone. */
const Combination = z.strictObject({
  id,
  ...verdict,
  severity: z.enum(['review', 'reject']),
  rule: id,
  withAny: z.array(id).min(1),
  /** `brief`: anywhere in it, since shots of one clip are seen together; `channel`: in the same text. */
  within: z.enum(['brief', 'channel']),
});
export type Combination = z.infer<typeof Combination>;

const PolicyFile = z.strictObject({
  schema: z.literal('framewright/brief-policy/v2'),
  version: z.string().min(1),
  /** Words that mean much the same, by name; terms call them `<name>`. */
  classes: z.record(id, z.array(z.string()).min(1)),
  /** Phrases that look like a rule and are not: a rule's word inside one of them does not count. */
  allow: z.array(z.string()),
  rules: z.array(Rule).min(1),
  combinations: z.array(Combination),
});

export interface BriefPolicy {
  readonly version: string;
  /** Of the canonical file: the verdict says exactly which words it was made with. */
  readonly sha256: string;
  readonly allowed: TermFinder<true>;
  readonly rules: TermFinder<Rule>;
  /** Of the words of the rules. */
  readonly spelling: Spelling;
  readonly combinations: readonly Combination[];
  /** How sure each rule and combination is, by id: what a match is worth is decided here and not by its score. */
  readonly severities: ReadonlyMap<string, Rule['severity']>;
}

/** Reads and compiles a policy; words that are `known` are never taken for others. Throws, naming what is wrong, rather than screen with half of it. */
export function loadPolicy(source: unknown, known: readonly string[] = knownWords): BriefPolicy {
  const file = PolicyFile.parse(source);
  const ids = [...file.rules, ...file.combinations].map((entry) => entry.id);
  const twice = ids.find((one, index) => ids.indexOf(one) !== index);
  if (twice) throw new RangeError(`policy ${file.version}: expected each id once, found "${twice}" twice`);
  const unknown = file.combinations
    .flatMap(({ rule, withAny }) => [rule, ...withAny])
    .find((one) => !file.rules.some((rule) => rule.id === one));
  if (unknown) throw new RangeError(`policy ${file.version}: expected combinations of known rules, found "${unknown}"`);

  const compile = (term: string) => compileTerm(term, file.classes);
  const allowed = new TermFinder<true>();
  for (const term of file.allow.flatMap(compile)) allowed.add(term, true);
  const rules = new TermFinder<Rule>();
  const terms = file.rules.flatMap((rule) => rule.terms.flatMap(compile).map((term) => ({ rule, term })));
  for (const { rule, term } of terms) rules.add(term, rule);
  const { closed, stems } = wordsOf(terms.map(({ term }) => term));
  const spelling = spellingOf(known, closed, stems);
  const sha256 = createHash('sha256').update(canonicalJson(file)).digest('hex');
  const severities = new Map([...file.rules, ...file.combinations].map(({ id: name, severity }) => [name, severity]));
  return { version: file.version, sha256, allowed, rules, spelling, combinations: file.combinations, severities };
}

/** The policy of this release. */
export function briefPolicy(): BriefPolicy {
  compiled ??= loadPolicy(lexicon);
  return compiled;
}
/** Compiling takes 0.4 s and the result never changes, so it is done once, at the first question. */
let compiled: BriefPolicy | undefined;
