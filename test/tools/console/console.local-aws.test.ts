import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CreateBucketCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { REVIEW_ROLES } from '#contracts/review-api';
import { publishConsole } from '../../../tools/console/publish.ts';
import { serveConsole } from '../../../tools/console/server.ts';
import { ensureLocalUsers } from '../../../tools/console/users.ts';
import { local, s3, unique } from '../../platform/aws.ts';

const cognito = new CognitoIdentityProviderClient({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const folder = mkdtempSync(join(tmpdir(), 'framewright-console-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let poolId: string;
let clientId: string;
beforeAll(async () => {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({ PoolName: unique('people'), Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true } } }),
  );
  poolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId: poolId, ClientName: 'console', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }),
  );
  clientId = UserPoolClient?.ClientId ?? '';
  for (const GroupName of [...REVIEW_ROLES.map((role) => `role:${role}`), 'tenant:*'])
    await cognito.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName }));
});

it('makes a user for each role, keeps the passwords from other eyes, and makes the same ones again', async () => {
  const file = join(folder, 'local', 'users.json');
  const first = await ensureLocalUsers(cognito, poolId, file);
  expect(first.areNew).toBe(true);
  expect(first.users.map(({ role }) => role)).toEqual([...REVIEW_ROLES]);
  expect(statSync(file).mode & 0o077).toBe(0);
  const again = await ensureLocalUsers(cognito, poolId, file);
  expect(again).toEqual({ users: first.users, areNew: false });
  const { Groups = [] } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId: poolId, Username: 'lead' }));
  expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(['role:lead', 'tenant:*']);
});

it('lets each of them log in through the console, and nobody with another password', async () => {
  const { users } = await ensureLocalUsers(cognito, poolId, join(folder, 'local', 'users.json'));
  const server = await serveConsole({
    ...{ folder, port: 0, endpoint: local.endpoint, apiId: 'none', clientId },
    artifactsBucket: 'artifacts',
  });
  const login = (USERNAME: string, PASSWORD: string) =>
    fetch(`${server.address}user-pool`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
      body: JSON.stringify({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters: { USERNAME, PASSWORD } }),
    });
  try {
    for (const { name, password, role } of users) {
      const answer = await login(name, password);
      const { AuthenticationResult } = await answer.json();
      const claims = JSON.parse(Buffer.from(AuthenticationResult.AccessToken.split('.')[1], 'base64url').toString());
      expect(claims).toMatchObject({ username: name, 'cognito:groups': expect.arrayContaining([`role:${role}`, 'tenant:*']) });
    }
    expect((await login('admin', 'Wrong-enough-4-anyone')).status).toBe(400);
  } finally {
    await server.close();
  }
});

it('uploads the pages last, each file as what it is and for as long as it keeps', async () => {
  const built = join(folder, 'built');
  mkdirSync(join(built, 'assets'), { recursive: true });
  writeFileSync(join(built, 'index.html'), '<!doctype html>');
  writeFileSync(join(built, 'assets/main-1a2b.js'), 'export {};');
  const Bucket = unique('console');
  await s3.send(new CreateBucketCommand({ Bucket }));
  const config = { api: '/api', userPool: 'https://cognito-idp.eu-west-1.amazonaws.com/', clientId, environment: 'aws' };
  expect(await publishConsole(s3, { folder: built, bucket: Bucket, config })).toEqual(['config.json', 'assets/main-1a2b.js', 'index.html']);
  const about = async (Key: string) => {
    const { ContentType, CacheControl } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return { ContentType, CacheControl };
  };
  expect(await about('index.html')).toEqual({ ContentType: 'text/html; charset=utf-8', CacheControl: 'no-cache' });
  expect(await about('config.json')).toEqual({ ContentType: 'application/json', CacheControl: 'no-cache' });
  expect((await about('assets/main-1a2b.js')).CacheControl).toContain('immutable');
  expect(readFileSync(join(built, 'index.html'), 'utf8')).toBe('<!doctype html>');
});
