import { gzipSync } from 'node:zlib';
import type { ApiProblem } from '#contracts/review-api';

/** What the HTTP API is given back (payload format 2.0). */
export interface ApiAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A request that gets no answer but this one. Thrown by routes, caught once at the door. */
export class Problem extends Error {
  readonly statusCode: number;
  constructor(statusCode: number, name: string, message: string) {
    super(message);
    this.name = name;
    this.statusCode = statusCode;
  }
}
export const problem = (statusCode: number, name: string, message: string): Problem => new Problem(statusCode, name, message);

/** Answers belong to one person and to this moment: nobody on the way keeps them. */
const HEADERS = { 'content-type': 'application/json', 'cache-control': 'private, no-cache', vary: 'authorization' };

export const answerOf = (value: unknown, headers: Readonly<Record<string, string>> = {}): ApiAnswer => ({
  statusCode: 200,
  headers: { ...HEADERS, ...headers },
  body: JSON.stringify(value),
  isBase64Encoded: false,
});

export const notModified = (etag: string): ApiAnswer => ({
  statusCode: 304,
  headers: { ...HEADERS, etag },
  body: '',
  isBase64Encoded: false,
});

export const refusalOf = ({ statusCode, name, message }: Problem): ApiAnswer => ({
  statusCode,
  headers: HEADERS,
  body: JSON.stringify({ error: { name, message } } satisfies ApiProblem),
  isBase64Encoded: false,
});

/** Below it an answer travels in a few packets anyway. */
const WORTH_PACKING_BYTES = 16 * 1024;

/** Nobody between the function and the browser packs answers; a page of a thousand rows shrinks to a tenth. */
export function packed(answer: ApiAnswer, acceptEncoding: string | undefined): ApiAnswer {
  const takesGzip = (acceptEncoding ?? '').split(',').some((one) => one.trim().split(';')[0] === 'gzip');
  if (!takesGzip || answer.body.length < WORTH_PACKING_BYTES) return answer;
  return {
    ...answer,
    headers: { ...answer.headers, 'content-encoding': 'gzip' },
    body: gzipSync(answer.body, { level: 1 }).toString('base64'), // the quickest level: most of the gain is in the first pass
    isBase64Encoded: true,
  };
}
