import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** As much of S3 and EventBridge as a worker calls, so that a real process can be started against it: a map behind HTTP. */
export interface LoopbackAws {
  readonly endpoint: string;
  readonly objects: Map<string, Buffer>;
  /** Keys in the order they were created with a conditional put. */
  readonly created: string[];
  readonly events: { type: string; percent: number }[];
  /** Every call to S3, in order, with the moment it was answered (performance.now()). */
  readonly calls: { readonly at: number; readonly method: string; readonly key: string; readonly status: number }[];
  close(): Promise<void>;
}

export async function loopbackAws(): Promise<LoopbackAws> {
  const objects = new Map<string, Buffer>();
  const created: string[] = [];
  const events: LoopbackAws['events'] = [];
  const calls: LoopbackAws['calls'] = [];
  const keyOf = (request: IncomingMessage): string =>
    decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice('/artifacts/'.length);

  const answer = async (request: IncomingMessage): Promise<{ status: number; body?: Buffer | string }> => {
    if (request.headers['x-amz-target'] === 'AWSEvents.PutEvents') {
      const { Entries } = JSON.parse(await text(request)) as { Entries: { Detail: string }[] };
      events.push(...Entries.map(({ Detail }) => JSON.parse(Detail)));
      return { status: 200, body: JSON.stringify({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: '1' })) }) };
    }
    const key = keyOf(request);
    if (request.method === 'GET') {
      const body = objects.get(key);
      return body ? { status: 200, body } : { status: 404, body: '<Error><Code>NoSuchKey</Code><Message>nothing there</Message></Error>' };
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.headers['if-none-match'] === '*') {
      if (objects.has(key)) return { status: 412, body: '<Error><Code>PreconditionFailed</Code><Message>exists</Message></Error>' };
      created.push(key);
    }
    objects.set(key, Buffer.concat(chunks));
    return { status: 200 };
  };

  const server: Server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => {
        if (!request.headers['x-amz-target'])
          calls.push({ at: performance.now(), method: request.method ?? '', key: keyOf(request), status });
        response.writeHead(status, { etag: '"1"' }).end(body);
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    created,
    events,
    calls,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
