import * as z from 'zod';
import { type Me, REVIEW_ROUTES, type ReviewRoute } from '#contracts/review-api';
import { isRefusal, whoAsks } from '#domain/review/access';
import { problem } from './api-answer.ts';

/** The largest decision: 50 notes of 1,500 characters, six bytes each when all are escaped, are 450 kB. More is not read. */
export const MAX_BODY_BYTES = 512 * 1024;

const Words = z.record(z.string(), z.string().optional());

/** What the HTTP API hands on (payload format 2.0), as far as it is read. */
const Event = z.object({
  routeKey: z.string(),
  headers: Words.default({}),
  queryStringParameters: Words.nullish(),
  pathParameters: Words.nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    requestId: z.string().default(''),
    authorizer: z.object({ jwt: z.object({ claims: z.unknown() }) }).nullish(),
  }),
});
export type ApiEvent = z.infer<typeof Event>;

/** A request whose person is known. Each route parses the parts it needs, and what does not fit is the caller's problem, not ours. */
export interface ApiRequest {
  readonly me: Me;
  readonly route: ReviewRoute;
  readonly header: (name: string) => string | undefined;
  readonly params: <S extends z.ZodType>(schema: S) => z.output<S>;
  readonly query: <S extends z.ZodType>(schema: S) => z.output<S>;
  readonly body: <S extends z.ZodType>(schema: S) => z.output<S>;
}

const isRoute = (name: string): name is ReviewRoute => Object.hasOwn(REVIEW_ROUTES, name);
const ROUTES = new Map<string, ReviewRoute>();
for (const [name, key] of Object.entries(REVIEW_ROUTES)) if (isRoute(name)) ROUTES.set(key, name);

/** The event as the gateway sends it; throws when somebody else calls the function. */
export const parseEvent = (event: unknown): ApiEvent => Event.parse(event);

/** Finds out who asks for what; throws a `Problem` when that is nobody or nothing we know. */
export function readRequest(event: ApiEvent): ApiRequest {
  const route = ROUTES.get(event.routeKey);
  if (!route) throw problem(404, 'Route.NotFound', `expected one of ${[...ROUTES.keys()].join(', ')}, found ${event.routeKey}`);
  const me = whoAsks(event.requestContext.authorizer?.jwt.claims);
  if (isRefusal(me)) throw problem(me.refused === 'unknown' ? 401 : 403, me.name, me.message);
  return {
    me,
    route,
    header: (name) => event.headers[name],
    // An address that cannot name a question names none.
    params: (schema) => fitting(schema, event.pathParameters ?? {}, 404, 'Review.NotFound', 'address'),
    query: (schema) => fitting(schema, event.queryStringParameters ?? {}, 400, 'Request.Malformed', 'query'),
    body: (schema) => fitting(schema, bodyOf(event), 422, 'Request.Unfit', 'body'),
  };
}

function fitting<S extends z.ZodType>(schema: S, value: unknown, status: number, name: string, part: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw problem(status, name, `${part}: ${z.prettifyError(result.error)}`);
}

function bodyOf({ body, isBase64Encoded }: ApiEvent): unknown {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.byteLength > MAX_BODY_BYTES)
    throw problem(413, 'Request.TooLarge', `expected at most ${MAX_BODY_BYTES} bytes, found ${bytes.byteLength}`);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw problem(400, 'Request.Malformed', 'expected a body of JSON, found something else');
  }
}
