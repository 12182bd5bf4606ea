import { MAX_ROUNDS } from '#contracts/rework';

/** JSONata inside `{% %}`; every expression of the machines that is longer than a path lives here. */
export const jsonata = (expression: string): string => `{% ${expression} %}`;

/** The message, grown by one key. */
export const grownBy = (key: string, value: string): string => jsonata(`$merge([$states.input, { "${key}": ${value} }])`);

/** The take that the message is about: 1 until a reviewer sent something back. */
export const TAKE = '$max([1, $states.input.rework.take])';

/** The message without these keys: what they held was said to the ledger. */
const without = (keys: readonly string[]): string =>
  `$sift($states.input, function($value, $key) { $not($key in [${keys.map((key) => `"${key}"`).join(', ')}]) })`;

/** The message as it was before `tier` was rendered, and what a reviewer wants of the next render. */
export const backBefore = (tier: string): string =>
  jsonata(`$merge([${without([tier, `${tier}Decision`])}, { "rework": $states.input.${tier}Decision.rework }])`);

/**
 * Whether a decision sends something back that can be made anew. Every round and every take is a later one, so the way back ends whatever
 * the decision says.
 */
export const sentBack = (decision: string): string =>
  [
    `$states.input.${decision}.outcome = 'rework'`,
    `$max([1, $states.input.${decision}.round]) < ${MAX_ROUNDS}`,
    `$max([0, $states.input.${decision}.rework.take]) > ${TAKE}`,
  ].join(' and ');

/**
 * The sentence inside an error. Lambda, Batch and a child execution each wrap theirs in JSON of another shape; a Fail state is read by a
 * person and by the ledger, so it carries the sentence.
 */
const SENTENCE = [
  '$cause := $states.errorOutput.Cause;',
  '$detail := $substring($cause, 0, 1) = "{" ? $parse($cause) : {};',
  '$sentence := $exists($detail.errorMessage) ? $detail.errorMessage',
  ': $exists($detail.Cause) ? $detail.Cause',
  ': $exists($detail.StatusReason) ? $detail.StatusReason',
  ': $cause;',
].join(' ');

/** What a Catch hands on: the machine's input is kept, so that a refusal still knows its job. */
export const CAUGHT = jsonata(
  [
    `(${SENTENCE}`,
    '$merge([$states.input, { "problem": { "error": $states.errorOutput.Error,',
    '"cause": $substring($string($sentence), 0, 1000),', // the ledger keeps a thousand characters
    '"batchJobId": $exists($detail.JobId) ? $detail.JobId : "" } }]))',
  ].join(' '),
);

/** One line a reason, at most a thousand characters in all: the ledger's limit for a reason. */
export const evidenceOf = (verdict: string): string =>
  `$substring($join([$states.input.${verdict}.reasons.(category & ": " & evidence)], "; "), 0, 1000)`;
