import { Failure } from './failure.ts';

/** Which AWS a command talks to, by its flags. */
export interface WhereFlags {
  readonly local?: boolean | undefined;
  readonly profile?: string | undefined;
  readonly region?: string | undefined;
}

export interface Where {
  readonly kind: 'local' | 'aws';
  /** For people: `the local AWS at http://127.0.0.1:4566`, `AWS (profile prod, region eu-west-1)`. */
  readonly name: string;
  /** Variables that send every client of this process there; `undefined` removes one that would send it elsewhere. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A running local AWS, as its state file tells. */
export interface LocalInstance {
  readonly endpoint: string;
  readonly environment: Readonly<Record<string, string>>;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The local AWS when it is asked for, or when one is up and nothing else was asked for; otherwise the AWS that the flags or the
 * environment name. Never guesses an account: with none of these it fails and says what to do.
 */
export function whereTo(flags: WhereFlags, local: LocalInstance | undefined, environment: Variables): Where {
  const { profile, region } = flags;
  if (flags.local && (profile !== undefined || region !== undefined))
    throw new Failure('Usage', 'expected either --local or --profile/--region, found both', { exitCode: 2 });
  if (flags.local || (profile === undefined && region === undefined && local)) {
    if (!local)
      throw new Failure('LocalAwsDown', 'expected a running local AWS, found none', { hint: 'start it with: npm run local -- up' });
    return {
      kind: 'local',
      name: `the local AWS at ${local.endpoint}`,
      environment: { AWS_PROFILE: undefined, AWS_SESSION_TOKEN: undefined, ...local.environment },
    };
  }
  const named = profile ?? environment.AWS_PROFILE;
  const place = region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION;
  if (named === undefined && place === undefined)
    throw new Failure('NoAws', 'expected a running local AWS, or --profile and --region of an account, found neither', {
      hint: 'start a local AWS with: npm run local -- up',
    });
  return {
    kind: 'aws',
    name: `AWS (${[named && `profile ${named}`, place && `region ${place}`].filter(Boolean).join(', ')})`,
    environment: {
      ...(profile === undefined ? {} : { AWS_PROFILE: profile, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }),
      ...(region === undefined ? {} : { AWS_REGION: region }),
    },
  };
}

/** Sends every client that this process opens from now on to `where`. */
export function goTo(where: Where, environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(where.environment)) {
    if (value === undefined) delete environment[name];
    else environment[name] = value;
  }
}
