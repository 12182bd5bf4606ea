import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccountRecovery, CfnUserPoolGroup, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { REVIEW_ROLES } from '#contracts/review-api';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import type { Config } from '../config.ts';
import { accept } from '../patterns/grants.ts';

/** A stolen access token is worth this long; the console renews it without asking. */
const ACCESS_TOKEN = Duration.minutes(15);
/** One shift: who comes back the next day says who they are. */
const REFRESH_TOKEN = Duration.hours(12);

/**
 * Who may enter the review room. Nobody signs up: an administrator makes each user and puts them into groups, and the groups are the whole
 * of what they may do (`role:...`, `tenant:...`, `skill:...`; docs/guides/deploy.md). Groups of single tenants are made with the tenants.
 */
export class ReviewPeople extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, { config }: { readonly config: Config }) {
    super(scope, id);
    const isKept = config.removal === 'retain';
    this.pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false, // Ada and ada would be two reviewers
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3), // over a weekend
      },
      mfa: config.secondFactor === 'optional' ? Mfa.OPTIONAL : Mfa.OFF,
      ...(config.secondFactor === 'optional' ? { mfaSecondFactor: { otp: true, sms: false } } : {}),
      deletionProtection: isKept,
      removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    accept(this.pool, 'COG2', 'a second factor is offered to everybody; whether it is demanded is the rule of the house that deploys');
    for (const finding of ['COG3', 'COG8'])
      accept(this.pool, finding, 'threat protection comes with a plan billed by user and month; the deploy guide says how to switch it on');

    this.client = this.pool.addClient('Console', {
      // A page cannot keep a secret, and needs no redirects of its own.
      generateSecret: false,
      disableOAuth: true,
      authFlows: { userPassword: true },
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: ACCESS_TOKEN,
      idTokenValidity: ACCESS_TOKEN,
      refreshTokenValidity: REFRESH_TOKEN,
    });

    const group = (name: string, description: string) =>
      new CfnUserPoolGroup(this, `Group-${name}`, { userPoolId: this.pool.userPoolId, groupName: name, description });
    for (const role of REVIEW_ROLES) group(`role:${role}`, `People who work as ${role}`);
    group('tenant:*', 'People who see the reviews of every tenant');
    for (const category of SAFETY_CATEGORIES) group(`skill:${category}`, `People trained to judge ${category}`);
  }
}
