import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { SafetyCategory } from '#contracts/verdict';

/** A sentence of somebody else's corpus. None of them is in this repository. */
export interface ForeignLine {
  readonly text: string;
  readonly harmful: boolean;
  /** Where the corpus names one that is also ours. */
  readonly category?: SafetyCategory;
}

export interface Corpus {
  readonly name: string;
  /** `owner/name` of the repository that it was read from. */
  readonly repository: string;
  /** Of the data, as its repository says; `none` where it says nothing. */
  readonly licence: 'MIT' | 'Apache-2.0' | 'CC-BY-4.0' | 'CC-BY-3.0' | 'CC0-1.0' | 'CC-BY-NC-4.0' | 'ODC-BY' | 'none';
  /** `half`: the seen half is learned from, the unseen half is only counted. `all`: never counted. `none`: only counted. */
  readonly learned: 'half' | 'all' | 'none';
  /** How much one of its lines weighs while learning; below 1 where labels are coarse. */
  readonly weight: number;
  readonly lines: (folder: string) => ForeignLine[];
}

/**
 * Every corpus is cut in two by its sentences, so that a sentence that stands in two corpora is in the same half of both. The first byte
 * of a hash is even for what may be learned from.
 */
export const isUnseen = (text: string): boolean => ((createHash('sha256').update(text.trim().toLowerCase()).digest()[0] ?? 0) & 1) === 1;

/** Bytes of a file in `FOLDER/OWNER+NAME`: a checkout, or a git directory (`repo` inside it) whose newest commit is read. */
export function bytesOf(folder: string, repository: string, path: string): Buffer {
  const place = join(folder, repository.replace('/', '+'));
  if (existsSync(join(place, path))) return readFileSync(join(place, path));
  return execFileSync('git', ['-C', join(place, 'repo'), 'show', `HEAD:${path}`], {
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
export const textOf = (folder: string, repository: string, path: string): string => bytesOf(folder, repository, path).toString('utf8');
export const listOf = (folder: string, repository: string, path: string): string[] =>
  textOf(folder, repository, path)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export const Strings = z.array(z.string());
export const Nested = z.record(z.string(), z.record(z.string(), Strings));
export const Instructions = z.array(z.object({ instruction: z.string(), input: z.string().nullish(), category: z.string().nullish() }));
export const Labelled = z.record(z.string(), z.union([z.string(), z.number()]));
export const Intents = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));
export const jsonLines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): unknown => JSON.parse(line));

export const harmful = (text: string, category?: SafetyCategory): ForeignLine => ({ text, harmful: true, ...(category && { category }) });
export const harmless = (text: string): ForeignLine => ({ text, harmful: false });
