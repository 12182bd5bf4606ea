import { createServer } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Session } from 'node:http2';
import type { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { RekognitionClient } from '@aws-sdk/client-rekognition';

/** What the services answer next: a body as it goes over the wire, a status, or nothing ever. */
export type Reply = { readonly status?: number; readonly body: string } | 'silence';

export interface LoopbackServices {
  /** Called with the operation and the request's body. */
  reply: (operation: string, body: string) => Reply;
  readonly rekognition: RekognitionClient;
  readonly comprehend: ComprehendClient;
  readonly bedrock: BedrockRuntimeClient;
  close(): Promise<void>;
}

/** Rekognition, Comprehend and Bedrock behind HTTP on this machine: the SDK's own clients write the requests and read the answers. */
export async function loopbackServices(): Promise<LoopbackServices> {
  const services: Pick<LoopbackServices, 'reply'> = { reply: () => ({ body: '{}' }) };
  const json = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target']);
    const reply = services.reply(target.slice(target.indexOf('.') + 1), await text(request));
    if (reply === 'silence') return; // the client gives up
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(reply.body);
  });
  // Bedrock's client speaks HTTP/2.
  const sessions = new Set<ServerHttp2Session>();
  const rest = createHttp2Server();
  rest.on('session', (session) => sessions.add(session));
  rest.on('stream', async (stream) => {
    const reply = services.reply('ApplyGuardrail', await text(stream));
    if (reply === 'silence') return;
    stream.respond({ ':status': reply.status ?? 200, 'content-type': 'application/json' });
    stream.end(reply.body);
  });
  const [jsonPort, restPort] = await Promise.all([json, rest].map(listening));
  const target = (port: number | undefined) => ({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' },
    maxAttempts: 1, // an answer is an answer: no test waits for a second try
  });
  const clients = {
    rekognition: new RekognitionClient(target(jsonPort)),
    comprehend: new ComprehendClient(target(jsonPort)),
    bedrock: new BedrockRuntimeClient(target(restPort)),
  };
  return Object.assign(services, clients, {
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      json.closeAllConnections();
      for (const session of sessions) session.destroy();
      await Promise.all([json, rest].map((server) => new Promise<void>((closed) => server.close(() => closed()))));
    },
  });
}

const listening = (server: Server): Promise<number> =>
  new Promise((ready) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      ready(typeof address === 'object' && address ? address.port : 0);
    }),
  );
