import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { s3, unique } from './aws.ts';

it('S3 lets one writer create an object and refuses the second', async () => {
  const Bucket = unique('once');
  await s3.send(new CreateBucketCommand({ Bucket }));
  const write = (Body: string) => s3.send(new PutObjectCommand({ Bucket, Key: 'manifest.json', Body, IfNoneMatch: '*' }));

  const results = await Promise.allSettled(['a', 'b', 'c', 'd', 'e'].map(write));

  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(write('late')).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

it('S3 replaces an object only for a writer who has seen the newest version', async () => {
  const Bucket = unique('match');
  await s3.send(new CreateBucketCommand({ Bucket }));
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '1' }));

  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '2', IfMatch: ETag }));

  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '3', IfMatch: ETag }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }));
  expect(await Body?.transformToString()).toBe('2');
});
