import * as z from 'zod';

/** A person of the scripted pool, with the groups that the real one would put in the token. */
export interface Person {
  readonly name: string;
  readonly password: string;
  readonly role: 'reviewer' | 'lead' | 'admin';
  /** The password is temporary. */
  readonly mustChange?: boolean;
  /** Six digits that the app would show. */
  readonly code?: string;
}

const Ask = z.object({
  AuthFlow: z.string().optional(),
  ChallengeName: z.string().optional(),
  Session: z.string().optional(),
  AuthParameters: z.record(z.string(), z.string()).optional(),
  ChallengeResponses: z.record(z.string(), z.string()).optional(),
});

export interface PoolAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Speaks as the user pool does: the shapes are those of `InitiateAuth` and `RespondToAuthChallenge`, the people are scripted. */
export function openScriptedPool(people: readonly Person[]) {
  const byToken = new Map<string, Person>();
  const refreshing = new Map<string, Person>();
  let issued = 0;

  const refuse = (type: string, message: string): PoolAnswer => ({ status: 400, body: { __type: type, message } });
  const session = (person: Person): PoolAnswer => {
    issued += 1;
    const [access, renewal] = [`access-${issued}`, `refresh-${issued}`];
    byToken.set(access, person);
    refreshing.set(renewal, person);
    return {
      status: 200,
      body: { AuthenticationResult: { AccessToken: access, RefreshToken: renewal, ExpiresIn: 3600, TokenType: 'Bearer' } },
    };
  };
  const challenge = (name: string, person: Person): PoolAnswer => ({
    status: 200,
    body: { ChallengeName: name, Session: `session of ${person.name}`, ChallengeParameters: { USER_ID_FOR_SRP: person.name } },
  });

  return {
    whoHas: (token: string): Person | undefined => byToken.get(token),
    /** Access tokens stop working; `all` forgets the refresh tokens too. */
    expire(all: boolean): void {
      byToken.clear();
      if (all) refreshing.clear();
    },
    answer(action: string, body: unknown): PoolAnswer {
      const { AuthFlow, AuthParameters, ChallengeName, ChallengeResponses } = Ask.parse(body);
      if (action === 'RevokeToken') return { status: 200, body: {} };
      if (AuthFlow === 'REFRESH_TOKEN_AUTH') {
        const person = refreshing.get(AuthParameters?.REFRESH_TOKEN ?? '');
        return person ? session(person) : refuse('NotAuthorizedException', 'Refresh Token has been revoked');
      }
      const name = AuthParameters?.USERNAME ?? ChallengeResponses?.USERNAME;
      const person = people.find((one) => one.name === name);
      if (action === 'RespondToAuthChallenge') {
        if (!person) return refuse('NotAuthorizedException', 'Invalid session');
        if (ChallengeName === 'NEW_PASSWORD_REQUIRED')
          return (ChallengeResponses?.NEW_PASSWORD ?? '').length >= 12
            ? session(person)
            : refuse('InvalidPasswordException', 'Password did not conform with policy');
        return ChallengeResponses?.SOFTWARE_TOKEN_MFA_CODE === person.code
          ? session(person)
          : refuse('CodeMismatchException', 'Invalid code received for user');
      }
      if (!person || AuthParameters?.PASSWORD !== person.password)
        return refuse('NotAuthorizedException', 'Incorrect username or password.');
      if (person.mustChange) return challenge('NEW_PASSWORD_REQUIRED', person);
      return person.code ? challenge('SOFTWARE_TOKEN_MFA', person) : session(person);
    },
  };
}
export type ScriptedPool = ReturnType<typeof openScriptedPool>;
