/** What stands before the function on AWS, as far as the function can tell: it finds the route and says who asks. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { REVIEW_ROUTES } from '#contracts/review-api';
import type { ApiAnswer } from '#lambdas/review/api-answer';

export type Room = (event: unknown) => Promise<ApiAnswer>;

/** Groups of somebody, and the name. */
export interface Person {
  readonly name: string;
  readonly groups: readonly string[];
}
export const person = (name: string, ...groups: string[]): Person => ({ name, groups });
export const claimsOf = ({ name, groups }: Person): Record<string, unknown> => ({
  token_use: 'access',
  username: name,
  'cognito:groups': `[${groups.join(' ')}]`, // as the gateway writes a list
});

const ROUTES = Object.values(REVIEW_ROUTES).map((key) => {
  const [method = '', path = ''] = key.split(' ');
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return { key, method, names, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`) };
});

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An event as the HTTP API makes it; `undefined` for an address without a route, which the gateway answers itself. */
export function eventOf({ method, path, body, headers = {} }: Asked, claims: unknown): object | undefined {
  const { pathname, searchParams } = new URL(path, 'http://gateway');
  for (const { key, names, pattern, ...route } of ROUTES) {
    const found = route.method === method ? pattern.exec(pathname) : null;
    if (!found) continue;
    return {
      version: '2.0',
      routeKey: key,
      rawPath: pathname,
      headers,
      ...(searchParams.size > 0 && { queryStringParameters: Object.fromEntries(searchParams) }),
      pathParameters: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')])),
      ...(body !== undefined && { body }),
      isBase64Encoded: false,
      requestContext: { requestId: 'test-request', http: { method }, authorizer: { jwt: { claims, scopes: [] } } },
    };
  }
  return undefined;
}

/** One request of a person, straight to the function. */
export async function call(
  room: Room,
  who: Person,
  asked: Asked,
): Promise<{ status: number; headers: ApiAnswer['headers']; text: string; json: unknown }> {
  const event = eventOf(asked, claimsOf(who));
  if (!event) throw new Error(`no route for ${asked.method} ${asked.path}`);
  const { statusCode, headers, body, isBase64Encoded } = await room(event);
  if (isBase64Encoded) throw new Error('expected plain text: the test asked for no packing');
  return { status: statusCode, headers, text: body, json: body === '' ? undefined : JSON.parse(body) };
}

export interface Loopback {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * The function over real HTTP on loopback. `whoIs` stands for the user pool and the authorizer: it knows who a bearer token belongs to, and
 * `undefined` is refused as the gateway refuses it.
 */
export async function serve(room: Room, whoIs: (token: string) => Person | undefined): Promise<Loopback> {
  const server = createServer(async (request, response) => {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const who = token === undefined ? undefined : whoIs(token);
    if (!who) return void response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Unauthorized"}');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = await bodyOf(request);
    const event = eventOf(
      { method: request.method ?? 'GET', path: request.url ?? '/', headers, body: body === '' ? undefined : body },
      claimsOf(who),
    );
    if (!event) return void response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    const answer = await room(event);
    response.writeHead(answer.statusCode, answer.headers).end(answer.isBase64Encoded ? Buffer.from(answer.body, 'base64') : answer.body);
  });
  return { origin: await listening(server), close: () => new Promise((done) => server.close(() => done())) };
}

const listening = (server: Server): Promise<string> =>
  new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      done(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    }),
  );

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
