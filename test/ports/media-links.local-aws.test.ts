import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, it } from 'vitest';
import { openMediaLinks } from '#adapters/aws/media-links';
import { s3, unique } from '../platform/aws.ts';

const bucket = unique('media');
const key = 'tenants/acme/jobs/acme_1/preview/clip 1.mp4';
beforeAll(async () => {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'abcdefgh', ContentType: 'video/mp4' }));
});
const linkAt = (time: number) => openMediaLinks({ client: s3, now: () => new Date(time) }).link({ bucket, key });

it('lets a browser read the file it names, from any place in it', async () => {
  const link = await linkAt(Date.now());
  const whole = await fetch(link);
  expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([200, 'video/mp4', 'abcdefgh']);
  const part = await fetch(link, { headers: { range: 'bytes=2-4' } });
  expect([part.status, await part.text()]).toEqual([206, 'cde']);
});

it('opens no other file, and none for writing', async () => {
  const link = await linkAt(Date.now());
  expect((await fetch(link.replace('clip%201', 'clip%202'))).status).toBe(403);
  expect((await fetch(link, { method: 'PUT', body: 'x' })).status).toBe(403);
});

it('is the same for five minutes, so that a player goes on playing, and over after twenty', async () => {
  const start = Math.floor(Date.now() / 300_000) * 300_000;
  expect(await linkAt(start + 299_000)).toBe(await linkAt(start));
  expect(await linkAt(start + 300_000)).not.toBe(await linkAt(start));
  expect((await fetch(await linkAt(start - 15 * 60_000))).status).toBe(200); // dated back as far as a good one can be
  expect((await fetch(await linkAt(start - 25 * 60_000))).status).toBe(403);
});
