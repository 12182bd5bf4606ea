import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { consoleContentPolicy } from '#contracts/console-headers';
import { ConsoleConfig } from '#contracts/review-api';
import { bundleConsole } from '../../../tools/bundle/console.ts';
import { makeMedia } from './media.ts';
import { openScriptedPool, type Person } from './scripted-pool.ts';
import { openScriptedRoom, type ScriptedRoom } from './scripted-room.ts';

const root = join(import.meta.dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

export const PEOPLE: readonly Person[] = [
  { name: 'ada', password: 'correct horse', role: 'reviewer' },
  { name: 'lea', password: 'correct horse', role: 'lead' },
  { name: 'root', password: 'correct horse', role: 'admin' },
  { name: 'nova', password: 'temporary', role: 'reviewer', mustChange: true },
  { name: 'mia', password: 'correct horse', role: 'reviewer', code: '123456' },
];

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
};

/** A file, in parts when asked: a player seeks by ranges. */
function sendFile(request: IncomingMessage, response: ServerResponse, path: string, headers: Readonly<Record<string, string>>): void {
  const { size } = statSync(path);
  const type = { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'accept-ranges': 'bytes', ...headers };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  response.writeHead(range ? 206 : 200, {
    ...type,
    'content-length': end - start + 1,
    ...(range && { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  createReadStream(path, { start, end }).pipe(response);
}

let building: Promise<string> | undefined;
/** The console as it is in the sources, bundled once a process into a folder of its own: other suites may be filling `dist/` meanwhile. */
function buildOnce(): Promise<string> {
  building ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), 'framewright-console-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await bundleConsole(root, folder);
    return folder;
  })();
  return building;
}

/** The real API in place of the scripted room: who has a token is asked of the pool, links lead to the second port. */
export type OpenApi = (
  whoHas: (token: string) => Person | undefined,
  media: string,
) => Promise<{ readonly origin: string; close(): Promise<void> }>;

/** Hands a request on, as the distribution does with `/api/*`. */
async function pass(request: IncomingMessage, response: ServerResponse, to: string): Promise<void> {
  const { authorization = '', 'if-none-match': etag } = request.headers;
  const body = request.method === 'POST' ? JSON.stringify(await bodyOf(request)) : undefined;
  const answer = await fetch(to, {
    method: request.method ?? 'GET',
    headers: { authorization, ...(etag && { 'if-none-match': etag }) },
    ...(body !== undefined && { body }),
  });
  const tag = answer.headers.get('etag');
  response.writeHead(answer.status, { 'content-type': 'application/json', ...(tag && { etag: tag }) });
  response.end(answer.status === 304 ? undefined : Buffer.from(await answer.arrayBuffer()));
}

export interface Served {
  readonly address: string;
  readonly room: ScriptedRoom;
  readonly pool: ReturnType<typeof openScriptedPool>;
  stop(): Promise<void>;
}

/**
 * The built console on a loopback port with a scripted room and a scripted user pool behind it. Clips and pictures come from a second
 * port, as they come from another host on AWS, and the policy of the page is the strict one.
 */
export async function serveConsole(questions: number, clip?: string, openApi?: OpenApi): Promise<Served> {
  const [made, built] = await Promise.all([makeMedia(), buildOnce()]);
  const files: Readonly<Record<string, string>> = { ...made, ...(clip && { clip }) };
  const media = await listen((request, response) => {
    const path = files[(request.url ?? '').split('/')[1]?.split('?')[0] ?? ''];
    if (path) sendFile(request, response, path, {});
    else response.writeHead(404).end();
  });
  const pool = openScriptedPool(PEOPLE);
  let link = 0;
  const room = openScriptedRoom(questions, (name) => `${media.address}/${name}?signed=${link++}`);
  const api = await openApi?.(pool.whoHas, media.address);
  const policy = consoleContentPolicy({ media: [media.address], connect: [] });
  const config = ConsoleConfig.parse({ api: '/api', userPool: '/pool', clientId: 'scripted', environment: 'local' });

  const site = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(status === 304 ? undefined : JSON.stringify(body));
    };
    if (url.pathname === '/config.json') return json(200, config);
    if (url.pathname === '/pool') {
      const action =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const answer = pool.answer(action, await bodyOf(request));
      return json(answer.status, answer.body);
    }
    if (url.pathname.startsWith('/api/') && api) return pass(request, response, `${api.origin}${request.url}`);
    if (url.pathname.startsWith('/api/')) {
      const body = await bodyOf(request);
      const person = pool.whoHas((request.headers.authorization ?? '').replace('Bearer ', ''));
      if (!person) return json(401, { message: 'Unauthorized' });
      const {
        status,
        body: answer,
        etag,
      } = room.answer(
        { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body, etag: request.headers['if-none-match'] },
        person,
      );
      return json(status, answer, etag ? { etag } : {});
    }
    const path = join(built, url.pathname === '/' ? 'index.html' : url.pathname);
    if (!existsSync(path)) return void response.writeHead(404).end();
    sendFile(request, response, path, { 'content-security-policy': policy });
  });
  return {
    address: site.address,
    room,
    pool,
    stop: async () => {
      await Promise.all([site.stop(), media.stop(), api?.close()]);
    },
  };
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>) {
  const server = createServer((request, response) => {
    void Promise.resolve(handle(request, response)).catch((error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = portOf(server.address());
  return {
    address: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const portOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): number => {
  if (address === null || typeof address === 'string') throw new Error('expected a port of this machine');
  return address.port;
};
