import { MetricUnit } from '@aws-lambda-powertools/metrics';
import * as z from 'zod';
import { ChangeRuleBody, DashboardQuery, DecisionBody, type ReviewRoute, type RulesAnswer, TogetherBody } from '#contracts/review-api';
import type { LedgerStore, MediaLinks } from '#domain/ports';
import { isAtLeast } from '#domain/review/access';
import type { ReviewNeighbours } from '#domain/review/decide';
import { claim, release } from '#domain/review/room';
import { changeRule, ruleStandings } from '#domain/review/rules';
import { logger, metrics, traced } from '../observability.ts';
import { type ApiAnswer, answerOf, Problem, packed, problem, refusalOf } from './api-answer.ts';
import { openDashboards } from './api-dashboard.ts';
import { answerBulk, answerClaim, answerDecision, find, Which } from './api-decisions.ts';
import { detailOf, openDocuments } from './api-detail.ts';
import { answerQueue, openWaiting } from './api-queue.ts';
import { type ApiRequest, parseEvent, readRequest } from './api-request.ts';
import { approveTogether, countBeside, showTogether } from './api-together.ts';

/** Everything the review room stands on: what decisions need, and what pages are made of. */
export interface RoomNeighbours extends ReviewNeighbours {
  readonly ledger: Pick<LedgerStore, 'events' | 'costs' | 'acceptedSince'>;
  readonly links: MediaLinks;
}

const RuleName = z.object({ name: z.string().min(1).max(64) });

type Door = (request: ApiRequest) => Promise<ApiAnswer>;

/** The room's doors, one a route of the contract. What is kept between requests lives as long as the sandbox. */
function doors(to: RoomNeighbours): Readonly<Record<ReviewRoute, Door>> {
  const waiting = openWaiting(to);
  const documents = openDocuments(to.artifacts);
  const dashboards = openDashboards(waiting, to);
  /** Whoever changed something sees it with the next look. */
  const changing = async (work: Promise<unknown>): Promise<ApiAnswer> => {
    try {
      return answerOf(await work);
    } finally {
      waiting.forget();
    }
  };
  return {
    me: async ({ me }) => answerOf(me),
    queue: (request) => answerQueue(request, waiting, to.now),
    review: async ({ me, params }) => {
      const item = await find(params(Which), me, to.reviews);
      return answerOf(await detailOf(item, await countBeside(item, me, waiting, to.now), me, documents, to));
    },
    together: async ({ me, params }) => answerOf(await showTogether(await find(params(Which), me, to.reviews), me, waiting, documents, to)),
    approveTogether: async ({ me, params, body }) =>
      changing(find(params(Which), me, to.reviews).then((lead) => approveTogether(lead, me, body(TogetherBody), to))),
    claim: ({ me, params }) => changing(answerClaim(params(Which), me, claim, to)),
    release: ({ me, params }) => changing(answerClaim(params(Which), me, release, to)),
    decide: ({ me, params, body }) => changing(answerDecision(params(Which), me, body(DecisionBody), to)),
    bulk: (request) => changing(answerBulk(request, to)),
    dashboard: async ({ me, query }) => answerOf(await dashboards(me, query(DashboardQuery).days)),
    rules: async () => answerOf({ rules: await ruleStandings(to) } satisfies RulesAnswer),
    changeRule: async ({ me, params, body }) => {
      if (!isAtLeast(me, 'admin')) throw problem(403, 'Role.Missing', `expected an admin, found ${me.role}`);
      const { name } = params(RuleName);
      const standing = await changeRule(name, body(ChangeRuleBody), me, to);
      if (!standing) throw problem(404, 'Rule.NotFound', `expected a rule called ${name}, found none`);
      return answerOf({ rules: await ruleStandings(to) } satisfies RulesAnswer);
    },
  };
}

/**
 * The review room behind HTTP: an event of the gateway in, an answer out. It never throws: what a caller did wrong is a problem with its
 * status, what we did wrong is a 500 with the request's id and a line in the log.
 */
export function openRoom(open: () => RoomNeighbours): (event: unknown) => Promise<ApiAnswer> {
  let room: Readonly<Record<ReviewRoute, Door>> | undefined;

  return async (event) => {
    const started = performance.now();
    const seen: { request?: ApiRequest; requestId: string; accepts?: string | undefined } = { requestId: '' };
    let answer: ApiAnswer;
    try {
      const parsed = parseEvent(event);
      seen.requestId = parsed.requestContext.requestId;
      seen.accepts = parsed.headers['accept-encoding'];
      logger.appendKeys({ requestId: seen.requestId, route: parsed.routeKey, path: parsed.pathParameters ?? undefined });
      const request = readRequest(parsed);
      seen.request = request;
      logger.appendKeys({ reviewer: request.me.name, role: request.me.role });
      room ??= doors(open());
      const door = room[request.route];
      answer = await traced(`review.api.${request.route}`, () => door(request));
    } catch (error) {
      answer = refusalOf(error instanceof Problem ? error : surprise(error, seen.requestId));
    }
    report(answer, performance.now() - started);
    return packed(answer, seen.accepts);
  };
}

function surprise(error: unknown, requestId: string): Problem {
  const { name, message, stack } = error instanceof Error ? error : { name: 'Error', message: String(error), stack: undefined };
  logger.error('review request failed', { error: name, cause: message, stack });
  // What went wrong inside is for the log: it may name keys, rows and tenants.
  return problem(500, 'Internal', `something went wrong on our side; tell an operator the request id ${requestId}`);
}

/** One line and the metrics of a request. */
function report({ statusCode, body }: ApiAnswer, milliseconds: number): void {
  logger.info('review request', {
    status: statusCode,
    milliseconds: Math.round(milliseconds),
    bytes: body.length,
    ...resultOf(body, statusCode),
  });
  metrics.addMetric('ReviewApiRequests', MetricUnit.Count, 1);
  metrics.addMetric('ReviewApiMilliseconds', MetricUnit.Milliseconds, milliseconds);
  metrics.addMetric('ReviewApiRefusals', MetricUnit.Count, statusCode >= 400 && statusCode < 500 ? 1 : 0);
  metrics.publishStoredMetrics();
  logger.resetKeys();
}

const Result = z.object({ result: z.string() });
/** How a claim or a decision ended, or what was wrong: with the person and the question of the line it is the trail of who did what. */
function resultOf(body: string, status: number): { result?: string; problem?: string } {
  if (status >= 400) return { problem: body.slice(0, 500) };
  const found = body.startsWith('{"result"') ? Result.safeParse(JSON.parse(body)) : undefined;
  return found?.success ? { result: found.data.result } : {};
}
