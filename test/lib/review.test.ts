import { expect, it } from 'vitest';
import { CONSOLE_PERMISSIONS, CONSOLE_REFERRER } from '#contracts/console-headers';
import { REVIEW_ROLES, REVIEW_ROUTES } from '#contracts/review-api';
import { SAFETY_CATEGORIES } from '#contracts/verdict';
import { localTemplates, resources } from './synthesized.ts';

const one = (type: string, templates?: ReturnType<typeof localTemplates>) => resources(type, templates)[0]?.properties;
const text = (value: unknown): string => JSON.stringify(value);

it('has the routes of the contract and no other, each behind the user pool', () => {
  const routes = resources('AWS::ApiGatewayV2::Route');
  expect(routes.map(({ properties }) => properties.RouteKey).sort()).toEqual(Object.values(REVIEW_ROUTES).sort());
  const [authorizer, ...others] = resources('AWS::ApiGatewayV2::Authorizer');
  expect(others).toEqual([]);
  for (const { properties } of routes)
    expect(properties).toMatchObject({ AuthorizationType: 'JWT', AuthorizerId: { Ref: authorizer?.id } });
});

it('takes only tokens that this pool made for the console', () => {
  const [pool] = resources('AWS::Cognito::UserPool');
  const [client] = resources('AWS::Cognito::UserPoolClient');
  const jwt = one('AWS::ApiGatewayV2::Authorizer')?.JwtConfiguration;
  expect(jwt.Audience).toEqual([{ Ref: client?.id }]);
  expect(text(jwt.Issuer)).toContain(text({ Ref: pool?.id }));
  expect(one('AWS::ApiGatewayV2::Authorizer')?.IdentitySource).toEqual(['$request.header.Authorization']);
});

it('lets no other origin call the API and slows a loop down', () => {
  expect(one('AWS::ApiGatewayV2::Api')?.CorsConfiguration).toBeUndefined();
  expect(one('AWS::ApiGatewayV2::Stage')?.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 60 });
});

it('writes down every request without its token or body', () => {
  const settings = one('AWS::ApiGatewayV2::Stage')?.AccessLogSettings;
  expect(Object.keys(JSON.parse(settings.Format))).toEqual(expect.arrayContaining(['requestId', 'who', 'route', 'status']));
  expect(settings.Format).not.toMatch(/authorization|body|token/i);
});

it('lets nobody sign up, keeps tokens short and tells a stranger nothing about who exists', () => {
  expect(one('AWS::Cognito::UserPool')).toMatchObject({
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    UsernameConfiguration: { CaseSensitive: false },
    DeletionProtection: 'ACTIVE',
    MfaConfiguration: 'OPTIONAL',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true } },
  });
  expect(one('AWS::Cognito::UserPoolClient')).toMatchObject({
    AccessTokenValidity: 15,
    RefreshTokenValidity: 12 * 60,
    TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    GenerateSecret: false,
    AllowedOAuthFlowsUserPoolClient: false,
  });
});

it('has a group for every role and skill, and one for those who see all tenants', () => {
  const names = resources('AWS::Cognito::UserPoolGroup').map(({ properties }) => properties.GroupName);
  const roles = REVIEW_ROLES.map((role) => `role:${role}`);
  const skills = SAFETY_CATEGORIES.map((category) => `skill:${category}`);
  expect(names.sort()).toEqual([...roles, 'tenant:*', ...skills].sort());
});

it('gives the function of the API what decisions and pages need: rows, documents of tenants, answers to the machine, facts', () => {
  const statements = resources('AWS::IAM::Policy')
    .filter(({ id }) => id.startsWith('ApiRole'))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  const actions = new Set<string>(statements.flatMap(({ Action }) => Action));
  expect([...actions].filter((action) => !/^(logs|xray):/.test(action)).sort()).toEqual(
    [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:Query',
      'events:PutEvents',
      's3:GetObject',
      's3:ListBucket',
      'states:SendTaskSuccess',
    ].sort(),
  );
});

it('serves console and API from one origin, and only over TLS', () => {
  const site = resources('AWS::CloudFront::Distribution').find(({ stack }) => stack === 'Review')?.properties.DistributionConfig;
  expect(site.DefaultRootObject).toBe('index.html');
  const [api, ...others] = site.CacheBehaviors;
  expect(others).toEqual([]);
  expect(api).toMatchObject({ PathPattern: '/api/*', ViewerProtocolPolicy: 'https-only' });
  expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad'); // AWS's "CachingDisabled"
  // With a page for errors a refusal of the API would reach the console as a page, and its status would be lost.
  expect(site.CustomErrorResponses).toBeUndefined();
});

it('lets only its own distribution read the files of the console', () => {
  const [site] = resources('AWS::CloudFront::Distribution').filter(({ stack }) => stack === 'Review');
  const policy = resources('AWS::S3::BucketPolicy').find(({ stack }) => stack === 'Review')?.properties.PolicyDocument;
  const [allowed, ...others] = policy.Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
  expect(others).toEqual([]);
  expect(allowed).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } });
  expect(text(allowed.Condition)).toContain(text({ Ref: site?.id }));
});

it('tells browsers to run nothing but the console itself and to show media of one bucket alone', () => {
  const [headers] = resources('AWS::CloudFront::ResponseHeadersPolicy');
  const { SecurityHeadersConfig, CustomHeadersConfig } = headers!.properties.ResponseHeadersPolicyConfig;
  const policy = text(SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
  for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"])
    expect(policy).toContain(part);
  expect(policy).not.toMatch(/unsafe|\*|http:/);
  expect(policy).toMatch(/img-src 'self' data: blob: https:\/\/s3\./);
  expect(SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy).toBe(CONSOLE_REFERRER);
  expect(SecurityHeadersConfig.StrictTransportSecurity.AccessControlMaxAgeSec).toBeGreaterThanOrEqual(31_536_000);
  expect(CustomHeadersConfig.Items).toEqual([{ Header: 'permissions-policy', Value: CONSOLE_PERMISSIONS, Override: true }]);
});

it('asks for no second factor on a laptop', () => {
  expect(one('AWS::Cognito::UserPool', localTemplates())).toMatchObject({ MfaConfiguration: 'OFF', DeletionProtection: 'INACTIVE' });
});

it('is watched: errors and slowness of the API wake somebody', () => {
  const alarms = resources('AWS::CloudWatch::Alarm').map(({ properties }) => properties);
  expect(alarms.find(({ MetricName }) => MetricName === '5xx')).toMatchObject({ Threshold: 3, Namespace: 'AWS/ApiGateway' });
  expect(alarms.find(({ MetricName }) => MetricName === 'Latency')).toMatchObject({ ExtendedStatistic: 'p90', EvaluationPeriods: 3 });
});
