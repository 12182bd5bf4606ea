import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { REVIEW_ROUTES } from '#contracts/review-api';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import type { ReviewPeople } from './people.ts';

/** Forty consoles that look every two seconds; above it somebody's loop has gone wrong. */
const RATE_PER_SECOND = 20;
/** A console asks for half a dozen things when it opens; ten people may do it at the same moment. */
const BURST = 60;

/** What is written down about a request: who asked for what and how it ended. Tokens and bodies are in no line. */
const ACCESS_LINE = {
  at: '$context.requestTime',
  requestId: '$context.requestId',
  who: '$context.authorizer.claims.username',
  route: '$context.routeKey',
  path: '$context.path',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  from: '$context.identity.sourceIp',
  refusedBecause: '$context.authorizer.error',
  failedBecause: '$context.integrationErrorMessage',
};

/** The review API over HTTPS: the routes of the contract, each behind the user pool, all to one function. */
export class ReviewHttp extends Construct {
  readonly api: HttpApi;

  constructor(
    scope: Construct,
    id: string,
    { config, people, door }: { readonly config: Config; readonly people: ReviewPeople; readonly door: IFunction },
  ) {
    super(scope, id);
    // No CORS: the console and the API stand on one origin, and no other page has business here.
    this.api = new HttpApi(this, 'Api', { apiName: names.reviewApi, description: 'Review room', createDefaultStage: false });
    const authorizer = new HttpUserPoolAuthorizer('People', people.pool, { userPoolClients: [people.client] });
    const integration = new HttpLambdaIntegration('Door', door, { timeout: Duration.seconds(29) }); // just below the gateway's own 30 s
    for (const route of Object.values(REVIEW_ROUTES)) {
      const [method, path = ''] = route.split(' ');
      this.api.addRoutes({ path, methods: [method === 'POST' ? HttpMethod.POST : HttpMethod.GET], integration, authorizer });
    }

    const accessLog = new LogGroup(this, 'AccessLog', {
      logGroupName: names.apiLogs(names.reviewApi),
      retention: config.retentionDays.logs,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: RATE_PER_SECOND, burstLimit: BURST },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LINE)),
      },
    });
  }
}
