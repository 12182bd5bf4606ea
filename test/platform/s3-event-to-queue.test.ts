import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { eventually, listen, s3, unique } from './aws.ts';

it('an upload reaches a queue through EventBridge as one event with bucket, key, version and size', async () => {
  const Bucket = unique('intake');
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { EventBridgeConfiguration: {} } }));
  const heard = await listen({ source: ['aws.s3'], 'detail-type': ['Object Created'], detail: { bucket: { name: [Bucket] } } });

  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: 'a folder/Brief é.JSON', Body: 'four' }));

  const [event] = await eventually('the event', async () => {
    const found = await heard();
    return found.length > 0 ? found : undefined;
  });
  expect(event).toMatchObject({
    source: 'aws.s3',
    detail: { bucket: { name: Bucket }, object: { key: 'a folder/Brief é.JSON', 'version-id': VersionId, size: 4 }, reason: 'PutObject' },
  });
});
