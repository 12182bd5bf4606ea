import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as rawRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleConfig } from '#contracts/review-api';
import { type ConsoleServer, serveConsole } from '../../../tools/console/server.ts';

/** A local AWS that says what it was asked. */
let upstream: Server;
let seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string } | undefined;
let server: ConsoleServer;
const folder = mkdtempSync(join(tmpdir(), 'framewright-console-'));

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>console</title>');
  writeFileSync(join(folder, 'assets/main-1a2b.js'), 'export {};');
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
  upstream = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
    response.writeHead(207, { 'content-type': 'application/json', 'content-encoding': 'gzip', etag: 'W/"1"', 'x-inside': 'kept here' });
    response.end(gzipSync('{"ok":true}'));
  });
  await new Promise<void>((done) => upstream.listen(0, '127.0.0.1', () => done()));
  const address = upstream.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  server = await serveConsole({ folder, port: 0, endpoint, apiId: 'abcd1234', clientId: 'client', artifactsBucket: 'artifacts' });
});
afterAll(async () => {
  await server.close();
  upstream.closeAllConnections();
  upstream.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A request as no browser would tidy it. */
const raw = (
  path: string,
  { method = 'GET', headers = {}, body = '' }: { method?: string; headers?: Record<string, string>; body?: string } = {},
) =>
  new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((done, failed) => {
    const { hostname, port } = new URL(server.address);
    const asked = rawRequest({ hostname, port, path, method, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(Buffer.from(chunk));
      done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
    });
    asked.on('error', failed);
    asked.end(body);
  });

describe('files', () => {
  it('serves the page for every visit anew and assets for ever', async () => {
    const page = await raw('/');
    expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    const script = await raw('/assets/main-1a2b.js');
    expect(script.headers['cache-control']).toContain('immutable');
    expect(script.headers['content-type']).toContain('text/javascript');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/%00',
    '/%',
    '/nothing.js',
    '/assets',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await raw(path);
    expect([status, body.toString().includes('secret\n') || body.toString() === 'secret']).toEqual([404, false]);
  });

  it('says where its neighbours are', async () => {
    const { body } = await raw('/config.json');
    expect(ConsoleConfig.parse(JSON.parse(body.toString()))).toEqual({
      ...{ api: '/api', userPool: '/user-pool', clientId: 'client', environment: 'local' },
    });
  });

  it('gives browsers the same rules as on AWS, with the local bucket as the one place for media', async () => {
    const { headers } = await raw('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/media-src 'self' blob: http:\/\/127\.0\.0\.1:\d+\/artifacts\//);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer' });
  });

  it('answers no name but its own, so that no other site can pretend to be it', async () => {
    for (const host of ['evil.example', '127.0.0.1.evil.example']) expect((await raw('/', { headers: { host } })).status).toBe(421);
    expect((await raw('/', { headers: { host: 'localhost:1' } })).status).toBe(200);
  });

  it('only reads', async () => {
    expect((await raw('/index.html', { method: 'PUT', body: 'x' })).status).toBe(405);
  });
});

describe('neighbours', () => {
  it('sends requests of the API on with the headers that matter, and hands the answer back as it came', async () => {
    const answer = await raw('/api/reviews/acme_1/preview/decision/claim?a=1', {
      method: 'POST',
      headers: {
        authorization: 'Bearer t',
        'content-type': 'application/json',
        'content-length': '2',
        'if-none-match': 'W/"1"',
        cookie: 'secret=1',
        origin: 'http://evil.example',
      },
      body: '{}',
    });
    expect(seen).toMatchObject({
      method: 'POST',
      url: '/_aws/execute-api/abcd1234/api/reviews/acme_1/preview/decision/claim?a=1',
      body: '{}',
    });
    expect(seen?.headers).toMatchObject({ authorization: 'Bearer t', 'if-none-match': 'W/"1"' });
    expect(seen?.headers).not.toHaveProperty('cookie');
    expect(seen?.headers).not.toHaveProperty('origin');
    expect(answer.status).toBe(207);
    expect(gunzipSync(answer.body).toString()).toBe('{"ok":true}');
    expect(answer.headers.etag).toBe('W/"1"');
    expect(answer.headers).not.toHaveProperty('x-inside');
  });

  it('lets a page log in at the user pool, and administrate nothing there', async () => {
    const target = (action: string) => ({
      'x-amz-target': `AWSCognitoIdentityProviderService.${action}`,
      'content-type': 'application/x-amz-json-1.1',
    });
    expect((await raw('/user-pool', { method: 'POST', headers: target('InitiateAuth'), body: '{}' })).status).toBe(207);
    expect(seen).toMatchObject({ url: '/', body: '{}', headers: target('InitiateAuth') });
    seen = undefined;
    for (const action of ['AdminCreateUser', 'AdminSetUserPassword', 'ListUsers'])
      expect((await raw('/user-pool', { method: 'POST', headers: target(action), body: '{}' })).status).toBe(403);
    expect((await raw('/user-pool')).status).toBe(403);
    expect(seen).toBeUndefined();
  });
});
