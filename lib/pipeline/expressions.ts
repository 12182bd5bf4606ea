/** JSONata inside `{% %}`; every expression of the machines that is longer than a path lives here. */
export const jsonata = (expression: string): string => `{% ${expression} %}`;

/** The message, grown by one key. */
export const grownBy = (key: string, value: string): string => jsonata(`$merge([$states.input, { "${key}": ${value} }])`);

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
