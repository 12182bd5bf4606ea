import type * as z from 'zod';
import type { BriefProblem } from '#contracts/events';
import { excerpt, pathText, printable } from './excerpt.ts';

type Issue = z.core.$ZodIssue;

/** Says every complaint of a schema as path, what was expected there and what was found there. */
export function problemsOf(error: z.ZodError, input: unknown): BriefProblem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, input));
}

function problemsOfIssue(issue: Issue, input: unknown): BriefProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return { path: pathText(path), expected: 'no key of this name in framewright/brief/v1', found: excerpt(valueAt(input, path)) };
    });
  }
  const value = valueAt(input, issue.path);
  const inKey = issue.code === 'invalid_key';
  return [
    {
      path: pathText(issue.path),
      expected: printable(expectation(issue), 300),
      found: inKey ? `the key ${excerpt(issue.path.at(-1), 100)}` : foundIn(issue, value),
    },
  ];
}

function foundIn(issue: Issue, value: unknown): string {
  const tooMany = issue.code === 'too_big' && typeof value === 'string';
  return tooMany ? printable(`${value.length} characters: ${excerpt(value)}`) : excerpt(value);
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `a value of type ${issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? JSON.stringify(issue.values[0])
        : `one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_small':
      return `at least ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unit(issue.origin)}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_union': {
      const each = issue.errors.flatMap(([first]) => (first ? [expectation(first)] : []));
      return each.length > 0 ? each.join(' or ') : issue.message;
    }
    case 'invalid_key':
      return 'a key of 1-64 letters, digits, "_", "." or "-"';
    case 'invalid_format':
    case 'custom':
      return sayExpected(issue.message);
    default:
      return issue.message;
  }
}

/** Our own schemas say `expected ...`; zod's built-in words say `Invalid ...`. Both become what was expected. */
function sayExpected(message: string): string {
  if (message.startsWith('expected ')) return message.slice('expected '.length);
  return message.replace(/^Invalid /, 'a valid ');
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };
const unit = (origin: string): string => UNITS[origin] ?? '';

/** Walks own properties only: a path may hold any name a stranger chose. */
function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.getOwnPropertyDescriptor(value, part)?.value;
  }, input);
}
