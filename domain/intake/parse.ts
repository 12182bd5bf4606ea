import { Brief, MAX_BRIEF_BYTES, MAX_BRIEF_DEPTH } from '#contracts/brief';
import type { BriefProblem } from '#contracts/events';
import { scanJson } from './json-scan.ts';
import { problemsOf } from './zod-problems.ts';

export type ParsedBrief = { readonly brief: Brief } | { readonly problems: readonly BriefProblem[] };

/** What the contract of an event and a note can carry. */
export const MAX_PROBLEMS = 50;

/** Bytes of strangers to a brief, or to every reason why not, each with where it was found. Never throws, whatever the bytes. */
export function parseBrief(bytes: Uint8Array): ParsedBrief {
  if (bytes.length > MAX_BRIEF_BYTES) return { problems: [tooLong(bytes.length)] };
  const text = decode(bytes);
  if (text === undefined) return { problems: [{ path: '$', expected: 'UTF-8 text', found: describeBytes(bytes) }] };

  const structural = scanJson(text, MAX_BRIEF_DEPTH);
  if (structural.length > 0) return { problems: limited(structural) };
  const value: unknown = JSON.parse(text);
  const parsed = Brief.safeParse(value);
  return parsed.success ? { brief: parsed.data } : { problems: limited(problemsOf(parsed.error, value)) };
}

export const tooLong = (bytes: number): BriefProblem => ({
  path: '$',
  expected: `at most ${MAX_BRIEF_BYTES} bytes`,
  found: `${bytes} bytes`,
});

/** At most `MAX_PROBLEMS`; the last one then says how many are not shown. */
function limited(problems: readonly BriefProblem[]): BriefProblem[] {
  if (problems.length <= MAX_PROBLEMS) return [...problems];
  const shown = problems.slice(0, MAX_PROBLEMS - 1);
  return [...shown, { path: '$', expected: 'no further problems', found: `${problems.length - shown.length} more` }];
}

/** Strict UTF-8; a byte order mark at the start is tolerated and dropped. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function describeBytes(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return utf16 ? 'UTF-16 text (save the file as UTF-8)' : `bytes that are not UTF-8, ${bytes.length} in all`;
}
