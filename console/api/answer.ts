import { ApiProblem } from '#contracts/review-api';

/** What came back: the console shows every one of these, so none of them is an exception. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly etag: string | undefined; readonly receivedAt: number }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'problem'; readonly status: number; readonly name: string; readonly message: string }
  /** No answer, or one that is not what the contract promises. */
  | { readonly kind: 'broken'; readonly message: string };

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: { message: string } };
}

const UNREACHABLE = 'The server did not answer. Check the connection; this page tries again by itself.';

/** Reads a response with the contract. A body that breaks it is told apart from an error that the server names. */
export async function readAnswer<T>(schema: Schema<T>, send: () => Promise<Response>): Promise<Answer<T>> {
  let response: Response;
  let body: unknown;
  try {
    response = await send();
    if (response.status === 304) return { kind: 'unchanged' };
    body = await response.json();
  } catch (error) {
    // A body that is no JSON is a proxy's page, not an answer of ours; everything else is the network.
    return { kind: 'broken', message: error instanceof SyntaxError ? 'The server answered with something that is not JSON.' : UNREACHABLE };
  }
  if (!response.ok) {
    const problem = ApiProblem.safeParse(body);
    return problem.success
      ? { kind: 'problem', status: response.status, ...problem.data.error }
      : {
          kind: 'problem',
          status: response.status,
          name: 'Answer.Unknown',
          message: `The server answered ${response.status} without saying why.`,
        };
  }
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { kind: 'ok', value: parsed.data, etag: response.headers.get('etag') ?? undefined, receivedAt: Date.now() }
    : {
        kind: 'broken',
        message: `The server's answer does not fit this version of the console; reload the page. (${firstLine(parsed.error.message)})`,
      };
}

const firstLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 160);

/** What to tell a person about an answer that is not one. */
export const failureWord = (answer: Exclude<Answer<unknown>, { kind: 'ok' | 'unchanged' }>): string => answer.message;
