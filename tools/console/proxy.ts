import { request as ask, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';

export interface Forwarding {
  readonly to: URL;
  /** Names of request headers that travel on, lower case; everything else stays here, cookies above all. */
  readonly passes: readonly string[];
}

/** Response headers that mean something to the page. */
const RETURNS = ['content-type', 'content-encoding', 'content-length', 'cache-control', 'etag', 'vary'] as const;

/** Sends a request on, body and answer streamed as they are; a neighbour that does not answer is a 502. */
export function forward(request: IncomingMessage, response: ServerResponse, { to, passes }: Forwarding): void {
  const headers: OutgoingHttpHeaders = {};
  for (const name of passes) if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  const upstream = ask(to, { method: request.method, headers }, (answer) => {
    for (const name of RETURNS) if (answer.headers[name] !== undefined) response.setHeader(name, answer.headers[name]);
    response.writeHead(answer.statusCode ?? 502);
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'application/json' }).end('{"message":"the local AWS did not answer"}');
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}
