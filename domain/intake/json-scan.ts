import type { BriefProblem } from '#contracts/events';
import { excerpt, pathText, printable } from './excerpt.ts';

/** Names that reach an object's prototype in careless code behind us. No honest brief needs them. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** More would only repeat the lesson. */
const MAX_KEY_PROBLEMS = 20;

/** `complaint` ends the scan; key problems are collected while it goes on. */
class Complaint extends Error {
  readonly problem: BriefProblem;
  constructor(problem: BriefProblem) {
    super(problem.expected);
    this.problem = problem;
  }
}

/**
 * Reads JSON text by its grammar without building anything, so that depth and keys are known before `JSON.parse` sees a byte.
 * Finds what `JSON.parse` hides: keys given twice and keys that name a prototype. A syntax error or too much depth ends the scan.
 */
export function scanJson(text: string, maxDepth: number): BriefProblem[] {
  const path: PropertyKey[] = [];
  const problems: BriefProblem[] = [];
  let at = 0;

  const where = (): string => {
    const before = text.slice(0, at);
    return `line ${before.split('\n').length}, column ${at - before.lastIndexOf('\n')}`;
  };
  const found = (): string => (at >= text.length ? 'the end of the file' : `"${printable(text.slice(at, at + 24), 24)}"`);
  const fail = (expected: string): never => {
    throw new Complaint({ path: pathText(path), expected, found: `${found()} at ${where()}` });
  };
  const space = (): void => {
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    if (match !== undefined) at += match.length;
    return match;
  };
  const string = (): string => {
    const start = at;
    at++;
    for (;;) {
      const unit = text.charCodeAt(at);
      if (unit === 0x22) break;
      if (Number.isNaN(unit)) fail('a closing quotation mark');
      if (unit < 0x20) fail('no raw control character inside a string (write it as \\u0000)');
      if (unit === 0x5c) {
        if (take(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) === undefined) fail('an escape such as \\n or \\u00e9');
      } else at++;
    }
    at++;
    return text.slice(start, at);
  };
  const key = (seen: Set<string>): void => {
    if (text[at] !== '"') fail('a key in quotation marks');
    const start = at;
    const name: string = JSON.parse(string());
    path.push(name);
    const twice = seen.has(name);
    const problem = twice ? 'each key once' : UNSAFE_KEYS.has(name) ? 'a key that does not name a prototype' : undefined;
    if (problem && problems.length < MAX_KEY_PROBLEMS) {
      const end = at;
      at = start;
      problems.push({ path: pathText(path), expected: problem, found: `${excerpt(name, 60)} ${twice ? 'again ' : ''}at ${where()}` });
      at = end;
    }
    seen.add(name);
  };
  const members = (close: string, member: (index: number) => void): void => {
    at++;
    space();
    if (text[at] === close) {
      at++;
      return;
    }
    for (let index = 0; ; index++) {
      member(index);
      path.pop();
      space();
      if (text[at] === close) break;
      if (text[at] !== ',') fail(`"," or "${close}"`);
      at++;
      space();
    }
    at++;
  };
  const value = (depth: number): void => {
    space();
    const opening = text[at];
    if ((opening === '{' || opening === '[') && depth >= maxDepth) fail(`at most ${maxDepth} levels of nesting`);
    if (opening === '{') {
      const seen = new Set<string>();
      members('}', () => {
        key(seen);
        space();
        if (text[at] !== ':') fail('":" after the key');
        at++;
        value(depth + 1);
      });
    } else if (opening === '[') {
      members(']', (index) => {
        path.push(index);
        value(depth + 1);
      });
    } else if (opening === '"') string();
    else if (take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y) === undefined) fail('a JSON value');
  };

  try {
    value(0);
    space();
    if (at < text.length) fail('the end of the file after one JSON value');
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    problems.push(error.problem);
  }
  return problems;
}
