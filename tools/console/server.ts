import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { CONSOLE_PERMISSIONS, CONSOLE_REFERRER, consoleContentPolicy } from '#contracts/console-headers';
import { ConsoleConfig } from '#contracts/review-api';
import { consoleFile } from './files.ts';
import { forward } from './proxy.ts';

export interface ConsoleServerOptions {
  /** The built console, `dist/console`. */
  readonly folder: string;
  readonly port: number;
  /** The local AWS. */
  readonly endpoint: string;
  readonly apiId: string;
  readonly clientId: string;
  /** Where clips and pictures are linked to. */
  readonly artifactsBucket: string;
}

export interface ConsoleServer {
  readonly address: string;
  close(): Promise<void>;
}

const USER_POOL = '/user-pool';
/** What a page may ask the user pool without being an administrator of it. */
const POOL_ACTIONS = ['InitiateAuth', 'RespondToAuthChallenge', 'RevokeToken', 'GlobalSignOut'].map(
  (action) => `AWSCognitoIdentityProviderService.${action}`,
);
const API_HEADERS = ['authorization', 'content-type', 'content-length', 'accept-encoding', 'if-none-match'];
const POOL_HEADERS = ['x-amz-target', 'content-type', 'content-length'];

/**
 * What CloudFront is on AWS: the console's files, the API below `/api/` and the same security headers, on one origin of the loopback
 * interface. The user pool comes along, because the local one has no address of its own that a browser would accept.
 */
export async function serveConsole(options: ConsoleServerOptions): Promise<ConsoleServer> {
  const { folder, endpoint, apiId, clientId, artifactsBucket } = options;
  const config = JSON.stringify(ConsoleConfig.parse({ api: '/api', userPool: USER_POOL, clientId, environment: 'local' }));
  const security = {
    'content-security-policy': consoleContentPolicy({ media: [`${endpoint}/${artifactsBucket}/`], connect: [] }),
    'permissions-policy': CONSOLE_PERMISSIONS,
    'referrer-policy': CONSOLE_REFERRER,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
  const refuse = (response: ServerResponse, status: number, message: string): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(security)) response.setHeader(name, value);
    // Another site that gave its name our address (DNS rebinding) would be of our origin for the browser, but not for us.
    if (!isOurs(request.headers.host)) return refuse(response, 421, 'this console answers to 127.0.0.1 and localhost only');
    const { pathname, search } = new URL(request.url ?? '/', 'http://console');
    if (pathname.startsWith('/api/'))
      return forward(request, response, { to: new URL(`${endpoint}/_aws/execute-api/${apiId}${pathname}${search}`), passes: API_HEADERS });
    if (pathname === USER_POOL || pathname === `${USER_POOL}/`) {
      if (request.method !== 'POST' || !POOL_ACTIONS.includes(String(request.headers['x-amz-target'])))
        return refuse(response, 403, `expected one of ${POOL_ACTIONS.join(', ')}`);
      return forward(request, response, { to: new URL(`${endpoint}/`), passes: POOL_HEADERS });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'files are only read');
    if (pathname === '/config.json')
      return void response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }).end(config);
    const file = await consoleFile(folder, pathname);
    if (!file) return refuse(response, 404, `the console has no file ${pathname}`);
    response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const port = await new Promise<number>((done, failed) => {
    server.once('error', failed);
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  });
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const isOurs = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? '');
