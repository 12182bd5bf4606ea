import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from 'vitest';
import { cloudFormation, eventually, lambdaFunction, local, unique, wait } from './aws.ts';

const cognito = new CognitoIdentityProviderClient({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** A pool, its clients, and one route behind an authorizer that takes tokens of all clients but `Foreign`. */
const template = (functionArn: string) => {
  const client = (seconds: number) => ({
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: { Ref: 'Pool' },
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AccessTokenValidity: seconds,
      TokenValidityUnits: { AccessToken: 'seconds' },
    },
  });
  const of = (properties: object) => ({ ApiId: { Ref: 'Api' }, ...properties });
  return {
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool', Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } } },
      Client: client(300),
      Foreign: client(300),
      /** AWS gives tokens of five minutes at the least; the local one lets a test wait for the end of one. */
      Brief: client(1),
      Group: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { UserPoolId: { Ref: 'Pool' }, GroupName: 'role:lead' } },
      Everything: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { UserPoolId: { Ref: 'Pool' }, GroupName: 'tenant:*' } },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: unique('api'), ProtocolType: 'HTTP' } },
      Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: of({ StageName: '$default', AutoDeploy: true }) },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: of({ IntegrationType: 'AWS_PROXY', IntegrationUri: functionArn, PayloadFormatVersion: '2.0' }),
      },
      Authorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: of({
          Name: 'people',
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: {
            Audience: [{ Ref: 'Client' }, { Ref: 'Brief' }],
            Issuer: { 'Fn::Join': ['', ['https://cognito-idp.us-east-1.amazonaws.com/', { Ref: 'Pool' }]] },
          },
        }),
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: of({
          RouteKey: 'POST /api/things/{name}',
          AuthorizationType: 'JWT',
          AuthorizerId: { Ref: 'Authorizer' },
          Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] },
        }),
      },
    },
    Outputs: {
      Pool: { Value: { Ref: 'Pool' } },
      Client: { Value: { Ref: 'Client' } },
      Foreign: { Value: { Ref: 'Foreign' } },
      Brief: { Value: { Ref: 'Brief' } },
      Api: { Value: { Ref: 'Api' } },
    },
  };
};

const PASSWORD = 'Long-enough-4-anyone';
let at: Record<string, string>;

beforeAll(async () => {
  const echo = await lambdaFunction(
    'export const handler = async (event) => ({ statusCode: 203, headers: { etag: "W/1" }, body: JSON.stringify(event) });',
  );
  const StackName = unique('identity');
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template(echo)) }));
  at = await eventually('the stack', async () => {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    if (stack?.StackStatus !== 'CREATE_COMPLETE') return undefined;
    return Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  });
  await cognito.send(new AdminCreateUserCommand({ UserPoolId: at.Pool, Username: 'lea', MessageAction: 'SUPPRESS' }));
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: at.Pool, Username: 'lea', Password: PASSWORD, Permanent: true }));
  for (const GroupName of ['role:lead', 'tenant:*'])
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: at.Pool, Username: 'lea', GroupName }));
});

const login = async (ClientId = at.Client, password = PASSWORD) => {
  const AuthParameters = { USERNAME: 'lea', PASSWORD: password };
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters }),
  );
  return AuthenticationResult ?? {};
};
const ask = (headers: Record<string, string>, path = '/api/things/one?color=red') =>
  fetch(`${local.endpoint}/_aws/execute-api/${at.Api}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"a":1}',
  });
const bearer = (token: string | undefined) => ({ authorization: `Bearer ${token}` });
const claimsOf = (token = ''): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

describe('the user pool', () => {
  it('gives an access token with the name and groups of a person, for as long as its client says', async () => {
    const { AccessToken, ExpiresIn } = await login();
    const claims = claimsOf(AccessToken);
    expect(claims).toMatchObject({ token_use: 'access', username: 'lea', client_id: at.Client });
    expect(claims['cognito:groups']).toEqual(expect.arrayContaining(['role:lead', 'tenant:*']));
    expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
    expect(ExpiresIn).toBe(300);
  });

  it('refuses a wrong password', async () => {
    await expect(login(at.Client, 'Wrong-enough-4-anyone')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('renews an access token', async () => {
    const { RefreshToken = '' } = await login();
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    const { AuthenticationResult } = await cognito.send(
      new InitiateAuthCommand({ AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId: at.Client, AuthParameters }),
    );
    expect((await ask(bearer(AuthenticationResult?.AccessToken))).status).toBe(203);
  });
});

describe('the HTTP API', () => {
  it('hands a request on with its route, parameters, body and the claims, groups as a bracketed list', async () => {
    const { AccessToken } = await login();
    const answer = await ask({ ...bearer(AccessToken), 'if-none-match': 'W/0' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([203, 'W/1']);
    const event = await answer.json();
    expect(event).toMatchObject({
      routeKey: 'POST /api/things/{name}',
      pathParameters: { name: 'one' },
      queryStringParameters: { color: 'red' },
      headers: { 'if-none-match': 'W/0' },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
    const { claims } = event.requestContext.authorizer.jwt;
    expect(claims).toMatchObject({ username: 'lea', token_use: 'access' });
    expect(claims['cognito:groups'].slice(1, -1).split(' ').sort()).toEqual(['role:lead', 'tenant:*']);
  });

  it('refuses no token, a garbled one, one that says more than was signed, and one that another client was given', async () => {
    const { AccessToken = '' } = await login();
    const [head, payload = '', signature] = AccessToken.split('.');
    const more = { ...claimsOf(AccessToken), 'cognito:groups': ['role:admin', 'tenant:*'] };
    const forged = [head, Buffer.from(JSON.stringify(more)).toString('base64url'), signature].join('.');
    const foreign = await login(at.Foreign);
    const tokens = ['', 'nonsense', 'a.b.c', `${head}.${payload}.`, forged, foreign.AccessToken, `${AccessToken}x`];
    const answers = await Promise.all([ask({}), ...tokens.map((token) => ask(bearer(token)))]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
  });

  it('refuses a token whose time is over', async () => {
    const { AccessToken } = await login(at.Brief);
    expect((await ask(bearer(AccessToken))).status).toBe(203);
    await wait(1_500); // the token lasts a second, and times in it are whole seconds
    expect((await ask(bearer(AccessToken))).status).toBe(401);
  });

  it('knows no route that was not deployed', async () => {
    const { AccessToken } = await login();
    expect((await ask(bearer(AccessToken), '/api/other')).status).toBe(404);
  });
});
