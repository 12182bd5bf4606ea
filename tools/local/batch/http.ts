import { createServer, type IncomingMessage, type Server } from 'node:http';
import { ZodError } from 'zod';
import { unknownInjection } from './injection.ts';
import { ClientException } from './model.ts';

type Act = (body: unknown) => object;

/**
 * The REST door: `POST /v1/<operation>` as the AWS SDKs send it, tag calls that are accepted and ignored, and `/local/<name>`.
 * Errors of the caller are 400 with the name in `x-amzn-errortype`, where the SDKs look for it.
 */
export function batchServer(operations: Readonly<Record<string, Act>>, injections: Readonly<Record<string, Act>>): Server {
  const answer = (method: string, path: string, body: unknown): object => {
    if (path.startsWith('/local/')) {
      const name = `${method} ${path.slice('/local/'.length)}`;
      return (injections[name] ?? unknownInjection(name))(body);
    }
    if (path.startsWith('/v1/tags/')) return method === 'GET' ? { tags: {} } : {};
    const operation =
      operations[
        path
          .replace(/^\/v1\//, '')
          .replace(/\/$/, '')
          .toLowerCase()
      ];
    if (!operation) throw new ClientException(`the local Batch does not know ${method} ${path}`);
    return operation(body);
  };
  return createServer(async (request, response) => {
    const reply = (status: number, value: object, errorType?: string) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(errorType === undefined ? {} : { 'x-amzn-errortype': errorType }),
      });
      response.end(JSON.stringify(value));
    };
    try {
      const text = await textOf(request);
      const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
      reply(200, answer(request.method ?? 'GET', path, text === '' ? {} : JSON.parse(text)));
    } catch (error) {
      const isCallers = error instanceof ClientException || error instanceof ZodError || error instanceof SyntaxError;
      if (!isCallers) console.error(error);
      const message = error instanceof Error ? error.message : String(error);
      reply(isCallers ? 400 : 500, { message }, isCallers ? 'ClientException' : 'ServerException');
    }
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
