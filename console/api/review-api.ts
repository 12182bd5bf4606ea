import type * as z from 'zod';
import {
  BulkAnswer,
  type BulkBody,
  type ChangeRuleBody,
  ClaimOutput,
  Dashboard,
  DecisionAnswer,
  type DecisionBody,
  Me,
  QueuePage,
  REVIEW_ROUTES,
  ReviewDetail,
  type ReviewRoute,
  RulesAnswer,
  TogetherAnswer,
  type TogetherBody,
  TogetherView,
} from '#contracts/review-api';
import type { QuestionId } from '../logic/question.ts';
import { type Answer, readAnswer } from './answer.ts';

/** Rows a page of the queue: the most the API gives at once. */
export const QUEUE_PAGE_ROWS = 1_000;

export interface Access {
  /** A token that is good now, renewed if it has to be; `undefined` when nobody is signed in. */
  token(): Promise<string | undefined>;
  /** The API did not accept the token: get another, or ask the person to sign in. Answers with the new token. */
  renew(): Promise<string | undefined>;
}

/** The review API as the console calls it: one function a route, every answer parsed with its contract. */
export function reviewApi(address: string, access: Access) {
  const base = address.replace(/\/+$/, '').replace(/\/api$/, '');

  const call = async (route: ReviewRoute, parts: Readonly<Record<string, string>>, query = '', body?: unknown, etag?: string) => {
    const [method = 'GET', path = ''] = REVIEW_ROUTES[route].split(' ');
    const url = base + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? '')) + query;
    const send = (token: string | undefined) =>
      fetch(url, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(etag && { 'if-none-match': etag }),
        },
        // Validation is ours: with the browser's own cache in between, a 304 would look like a 200.
        cache: 'no-store',
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const first = await send(await access.token());
    if (first.status !== 401) return first;
    const renewed = await access.renew();
    return renewed ? send(renewed) : first;
  };
  const of = ({ jobId, subject, kind }: QuestionId) => ({ jobId, subject, kind });

  return {
    me: (): Promise<Answer<Me>> => readAnswer(Me, () => call('me', {})),
    queue: (offset: number, etag?: string): Promise<Answer<QueuePage>> =>
      readAnswer(QueuePage, () => call('queue', {}, `?offset=${offset}&limit=${QUEUE_PAGE_ROWS}`, undefined, etag)),
    review: (id: QuestionId): Promise<Answer<ReviewDetail>> => readAnswer(ReviewDetail, () => call('review', of(id))),
    claim: (id: QuestionId): Promise<Answer<ClaimOutput>> => readAnswer(ClaimOutput, () => call('claim', of(id), '', {})),
    release: (id: QuestionId): Promise<Answer<ClaimOutput>> => readAnswer(ClaimOutput, () => call('release', of(id), '', {})),
    decide: (id: QuestionId, body: DecisionBody): Promise<Answer<DecisionAnswer>> =>
      readAnswer(DecisionAnswer, () => call('decide', of(id), '', body)),
    together: (id: QuestionId): Promise<Answer<TogetherView>> => readAnswer(TogetherView, () => call('together', of(id))),
    approveTogether: (id: QuestionId, body: TogetherBody): Promise<Answer<TogetherAnswer>> =>
      readAnswer(TogetherAnswer, () => call('approveTogether', of(id), '', body)),
    bulk: (body: BulkBody): Promise<Answer<BulkAnswer>> => readAnswer(BulkAnswer, () => call('bulk', {}, '', body)),
    dashboard: (days: number): Promise<Answer<Dashboard>> => readAnswer(Dashboard, () => call('dashboard', {}, `?days=${days}`)),
    rules: (): Promise<Answer<z.infer<typeof RulesAnswer>>> => readAnswer(RulesAnswer, () => call('rules', {})),
    changeRule: (name: string, body: ChangeRuleBody): Promise<Answer<z.infer<typeof RulesAnswer>>> =>
      readAnswer(RulesAnswer, () => call('changeRule', { name }, '', body)),
  };
}
export type ReviewApi = ReturnType<typeof reviewApi>;
