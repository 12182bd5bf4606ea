import { expect, it } from 'vitest';
import { localTemplates, resources } from './synthesized.ts';

const buckets = resources('AWS::S3::Bucket');

it('has no bucket that the public, an ACL or a plain connection could reach', () => {
  expect(buckets).toHaveLength(7);
  for (const { stack, id, properties } of buckets) {
    expect(properties.PublicAccessBlockConfiguration, id).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(properties.BucketEncryption, id).toBeDefined();
    const policy = resources('AWS::S3::BucketPolicy').find((one) => one.stack === stack && one.properties.Bucket.Ref === id);
    expect(policy?.properties.PolicyDocument.Statement, id).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  }
});

it('ends uploads that nobody finishes, in every bucket', () => {
  for (const { id, properties } of buckets)
    expect(properties.LifecycleConfiguration.Rules, id).toContainEqual(
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: expect.any(Number) } }),
    );
});

it('keeps every version of a brief and tells EventBridge about each', () => {
  const intake = buckets.find(({ id }) => id.startsWith('Intake'));
  expect(intake?.properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  expect(intake?.properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
});

it('forgets pixels that can be made again and keeps the documents that say how a clip came to be', () => {
  const artifacts = buckets.find(({ id }) => id.startsWith('Artifacts'));
  expect(artifacts?.properties.LifecycleConfiguration.Rules).toContainEqual(
    expect.objectContaining({ Id: 'windows', Prefix: 'tenants/', ExpirationInDays: 14, ObjectSizeGreaterThan: 512 * 1024 }),
  );
});

it('can restore the table to any second of the last month, and nobody deletes it by accident', () => {
  const [table] = resources('AWS::DynamoDB::Table');
  expect(table?.properties).toMatchObject({
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
    BillingMode: 'PAY_PER_REQUEST',
  });
  expect(table?.properties.GlobalSecondaryIndexes.map((index: { IndexName: string }) => index.IndexName)).toEqual([
    'by-tenant',
    'by-review',
  ]);
});

it('signs with a key of the curve that C2PA asks for, and the key can do nothing else', () => {
  const [key] = resources('AWS::KMS::Key');
  expect(key?.properties).toMatchObject({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
});

it('leaves uploads, clips, ledger, table and key behind on AWS when the stack goes, and nothing locally', () => {
  const types = ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::KMS::Key'];
  const policies = (found: ReturnType<typeof resources>) =>
    new Set(found.filter(({ stack, type }) => stack === 'Storage' && types.includes(type)).map(({ resource }) => resource.DeletionPolicy));
  expect(policies(resources())).toEqual(new Set(['Retain']));
  expect(policies(resources(undefined, localTemplates()))).toEqual(new Set(['Delete']));
});

it('lets only distributions of this account read clips, and only clips', () => {
  const policies = resources('AWS::S3::BucketPolicy').filter(({ stack }) => stack === 'Storage');
  const statements = policies.flatMap(({ properties }) => properties.PolicyDocument.Statement);
  const [delivery, ...others] = statements.filter(({ Principal }) => Principal?.Service === 'cloudfront.amazonaws.com');
  expect(others).toEqual([]);
  expect(delivery).toMatchObject({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  });
  expect(JSON.stringify(delivery.Resource)).toContain('/tenants/*');
});
