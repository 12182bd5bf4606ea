import { JobId } from '#contracts/identity';
import { ReviewKind, ReviewSubject } from '#contracts/review';
import type { QuestionId } from './question.ts';

export type Route =
  | { readonly page: 'queue' }
  | { readonly page: 'dashboard' }
  | { readonly page: 'review' | 'together'; readonly id: QuestionId };

/** Addresses are behind `#`, so that any static host serves them. What is not known leads to the queue. */
export function routeOf(hash: string): Route {
  const [page, ...rest] = hash.replace(/^#\/?/, '').split('/');
  if (page === 'dashboard') return { page };
  if (page === 'review' || page === 'together') {
    const [jobId, subject, kind] = [JobId.safeParse(rest[0]), ReviewSubject.safeParse(rest[1]), ReviewKind.safeParse(rest[2])];
    if (jobId.success && subject.success && kind.success)
      return { page, id: { jobId: jobId.data, subject: subject.data, kind: kind.data } };
  }
  return { page: 'queue' };
}

export const addressOf = (id: QuestionId): string => `#/review/${id.jobId}/${id.subject}/${id.kind}`;
/** The question and its like, side by side. */
export const togetherAddressOf = (id: QuestionId): string => `#/together/${id.jobId}/${id.subject}/${id.kind}`;
