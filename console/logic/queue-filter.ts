import type { QueueEntry } from '#contracts/review-api';
import { categoryWord, whose } from './question.ts';

export interface QueueFilter {
  readonly tenant: string;
  readonly subject: QueueEntry['subject'] | '';
  readonly kind: QueueEntry['kind'] | '';
  readonly category: string;
  /** `free`: nobody holds it and I may take it. `claimed`: I hold it. */
  readonly mine: '' | 'free' | 'claimed';
  /** Words that all have to be somewhere in the row. */
  readonly text: string;
}

export const NO_FILTER: QueueFilter = { tenant: '', subject: '', kind: '', category: '', mine: '', text: '' };
export const isFiltered = (filter: QueueFilter): boolean => Object.values(filter).some((value) => value !== '');

const haystack = (entry: QueueEntry): string =>
  [entry.jobId, entry.tenant, entry.campaign, entry.product, entry.template, ...entry.categories.map(categoryWord), ...entry.reasons]
    .join(' ')
    .toLowerCase();

/** Rows that pass, in the order they came. */
export function filterQueue(entries: readonly QueueEntry[], filter: QueueFilter, me: string, now: number): readonly QueueEntry[] {
  if (!isFiltered(filter)) return entries;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (filter.tenant !== '' && entry.tenant !== filter.tenant) return false;
    if (filter.subject !== '' && entry.subject !== filter.subject) return false;
    if (filter.kind !== '' && entry.kind !== filter.kind) return false;
    if (filter.category !== '' && !entry.categories.some((category) => category === filter.category)) return false;
    if (filter.mine === 'claimed' && whose(entry, me, now) !== 'mine') return false;
    if (filter.mine === 'free' && (!entry.mine || whose(entry, me, now) !== 'free')) return false;
    if (words.length === 0) return true;
    const text = haystack(entry);
    return words.every((word) => text.includes(word));
  });
}

/** What a menu offers: only what is in the queue, sorted. */
export const tenantsOf = (entries: readonly QueueEntry[]): string[] => [...new Set(entries.map(({ tenant }) => tenant))].sort();
export const categoriesOf = (entries: readonly QueueEntry[]): string[] =>
  [...new Set(entries.flatMap(({ categories }) => categories))].sort();
