import type { BriefProblem } from '#contracts/events';
import { keys } from '#contracts/keys';
import { excerpt } from './excerpt.ts';
import { tenantOfKey } from './job-id.ts';

/** S3's limit for a key, in UTF-8 bytes. */
export const MAX_KEY_BYTES = 1024;

const bytes = (text: string): number => new TextEncoder().encode(text).length;
export const fitsAKey = (key: string): boolean => bytes(key) <= MAX_KEY_BYTES;

/** Every JSON file is a brief, in any letter case, except the notes that intake itself leaves. */
export const isBriefKey = (key: string): boolean => /\.json$/i.test(key) && !/\.rejected\.json$/i.test(key);

/** Where the note of a refusal goes; `undefined` when its key would be longer than S3 takes (then the event alone tells). */
export function noteKey(briefKey: string): string | undefined {
  const key = keys.rejection(briefKey);
  return fitsAKey(key) ? key : undefined;
}

/** A brief lies in its tenant's folder, under a plain path: anything else could be read or billed as somebody else's. */
export function checkBriefKey(key: string): BriefProblem[] {
  const problem = (expected: string): BriefProblem[] => [{ path: '(object key)', expected, found: excerpt(key) }];
  if (tenantOfKey(key) === undefined) return problem('<tenant>/<name>.json, where the tenant is 1-32 of a-z, 0-9 and inner hyphens');
  if (key.split('/').some((part) => part === '' || part === '.' || part === '..'))
    return problem('a path without empty, "." or ".." parts');
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(key)) return problem('a path without control or invisible characters');
  return [];
}
