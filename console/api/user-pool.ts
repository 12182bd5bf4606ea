import * as z from 'zod';

/** What the user pool answers with; only what is read. */
const Tokens = z.object({
  AccessToken: z.string().min(1),
  /** Absent when tokens are refreshed: the old one stays good. */
  RefreshToken: z.string().min(1).optional(),
  ExpiresIn: z.int().positive(),
});
const SignInAnswer = z.object({
  AuthenticationResult: Tokens.optional(),
  ChallengeName: z.string().optional(),
  Session: z.string().optional(),
  ChallengeParameters: z.record(z.string(), z.string()).optional(),
});
const PoolError = z.object({ __type: z.string().optional(), message: z.string().optional(), Message: z.string().optional() });

export interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Milliseconds since 1970, by this machine's clock. */
  readonly expiresAt: number;
}

/** A question that the pool asks before it lets somebody in. */
export interface Challenge {
  readonly name: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA';
  readonly session: string;
  readonly username: string;
}

export type SignedIn =
  | { readonly kind: 'session'; readonly session: Session }
  | { readonly kind: 'challenge'; readonly challenge: Challenge }
  | { readonly kind: 'refused'; readonly message: string; readonly field: 'password' | 'new-password' | 'code' | 'all' }
  | { readonly kind: 'unreachable'; readonly message: string };

export interface UserPool {
  readonly address: string;
  readonly clientId: string;
}

/** Reasons of the pool, in words that say what to do. It never says whether a name exists, and neither do we. */
const REFUSALS: Readonly<Record<string, Extract<SignedIn, { kind: 'refused' }>>> = {
  NotAuthorizedException: {
    kind: 'refused',
    field: 'password',
    message: 'Name and password do not fit together. Check both; capitals count.',
  },
  UserNotFoundException: {
    kind: 'refused',
    field: 'password',
    message: 'Name and password do not fit together. Check both; capitals count.',
  },
  PasswordResetRequiredException: { kind: 'refused', field: 'all', message: 'Your password was reset. Ask an admin for a temporary one.' },
  UserNotConfirmedException: { kind: 'refused', field: 'all', message: 'This account is not confirmed yet. Ask an admin to finish it.' },
  InvalidPasswordException: {
    kind: 'refused',
    field: 'new-password',
    message: 'The new password is too weak. Make it longer, with small and capital letters, digits and signs.',
  },
  CodeMismatchException: {
    kind: 'refused',
    field: 'code',
    message: 'That code is not right. Wait for the next one in your app and try again.',
  },
  ExpiredCodeException: { kind: 'refused', field: 'code', message: 'That code is too old. Use the one your app shows now.' },
  TooManyRequestsException: { kind: 'refused', field: 'all', message: 'Too many tries. Wait a minute, then try again.' },
  LimitExceededException: { kind: 'refused', field: 'all', message: 'Too many tries. Wait a minute, then try again.' },
};

async function ask(pool: UserPool, action: string, body: unknown): Promise<Response> {
  return fetch(pool.address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `AWSCognitoIdentityProviderService.${action}` },
    body: JSON.stringify(body),
  });
}

async function signedIn(username: string, oldRefreshToken: string | undefined, send: () => Promise<Response>): Promise<SignedIn> {
  let response: Response;
  let body: unknown;
  try {
    response = await send();
    body = await response.json();
  } catch {
    return { kind: 'unreachable', message: 'The sign-in service did not answer. Check the connection and try again.' };
  }
  if (!response.ok) {
    const error = PoolError.safeParse(body).data;
    const name = (error?.__type ?? '').split('#').at(-1) ?? '';
    return (
      REFUSALS[name] ?? {
        kind: 'refused',
        field: 'all',
        message: error?.message ?? error?.Message ?? `Sign-in failed with ${response.status}.`,
      }
    );
  }
  const answer = SignInAnswer.safeParse(body);
  if (!answer.success) return { kind: 'unreachable', message: 'The sign-in service answered with something unknown.' };
  const { AuthenticationResult: tokens, ChallengeName: name, Session: session } = answer.data;
  const refreshToken = tokens?.RefreshToken ?? oldRefreshToken;
  if (tokens && refreshToken)
    return { kind: 'session', session: { accessToken: tokens.AccessToken, refreshToken, expiresAt: Date.now() + tokens.ExpiresIn * 1000 } };
  if ((name === 'NEW_PASSWORD_REQUIRED' || name === 'SOFTWARE_TOKEN_MFA') && session) {
    const asked = answer.data.ChallengeParameters?.USER_ID_FOR_SRP ?? username;
    return { kind: 'challenge', challenge: { name, session, username: asked } };
  }
  return {
    kind: 'refused',
    field: 'all',
    message: `This account asks for a step that the console does not know (${name ?? 'none'}). Ask an admin.`,
  };
}

export const signIn = (pool: UserPool, username: string, password: string): Promise<SignedIn> =>
  signedIn(username, undefined, () =>
    ask(pool, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );

/** Answers a challenge with a new password or a code of six digits. */
export const answerChallenge = (pool: UserPool, { name, session, username }: Challenge, secret: string): Promise<SignedIn> =>
  signedIn(username, undefined, () =>
    ask(pool, 'RespondToAuthChallenge', {
      ChallengeName: name,
      ClientId: pool.clientId,
      Session: session,
      ChallengeResponses: { USERNAME: username, [name === 'NEW_PASSWORD_REQUIRED' ? 'NEW_PASSWORD' : 'SOFTWARE_TOKEN_MFA_CODE']: secret },
    }),
  );

export const refresh = (pool: UserPool, session: Session): Promise<SignedIn> =>
  signedIn('', session.refreshToken, () =>
    ask(pool, 'InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { REFRESH_TOKEN: session.refreshToken },
    }),
  );

/** Best effort: a token that could not be revoked runs out by itself. */
export async function revoke(pool: UserPool, session: Session): Promise<void> {
  await ask(pool, 'RevokeToken', { ClientId: pool.clientId, Token: session.refreshToken }).catch(() => undefined);
}
