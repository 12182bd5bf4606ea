import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCostArchive } from '#adapters/aws/cost-archive';
import { CostFact } from '#contracts/ledger';
import { copyFacts } from '../../../tools/cli/fact-copy.ts';
import type { StackOutputs } from '../../../tools/cli/stack-outputs.ts';
import { submit } from '../../../tools/cli/submit.ts';
import { s3, unique } from '../../platform/aws.ts';

const EXAMPLE = join(import.meta.dirname, '..', '..', '..', 'examples', 'briefs', 'coffee-spring');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('submitting', () => {
  let bucket: string;
  let product: { s3: typeof s3; outputs: StackOutputs };
  beforeAll(async () => {
    bucket = unique('intake');
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    product = { s3, outputs: { get: () => bucket, find: () => bucket } };
  });

  it('uploads the assets before the brief, because the brief starts the job', async () => {
    const { uploaded, jobId, tenant, briefKey, versionId } = await submit(product, { path: EXAMPLE });
    const folder = briefKey.replace(/\/brief\.json$/, '');
    expect(folder).toMatch(/^demo\/coffee-spring\/2\d{3}-\d\d-\d\dt/);
    expect(uploaded).toEqual([`${folder}/assets/coffee.png`, `${folder}/assets/logo.png`, briefKey]);
    expect(jobId).toMatch(/^demo_[0-9a-f]{24}$/);
    expect(tenant).toBe('demo');
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: briefKey, VersionId: versionId }));
    expect(await Body?.transformToString()).toBe(await readFile(join(EXAMPLE, 'brief.json'), 'utf8'));
  });
  it('makes another job of the same brief, because somebody asked for it again', async () => {
    const [first, second] = [await submit(product, { path: EXAMPLE }), await submit(product, { path: join(EXAMPLE, 'brief.json') })];
    expect(second.briefKey).not.toBe(first.briefKey); // the same upload under the same key would be the same job
    expect(second.jobId).not.toBe(first.jobId);
  });
  it('uploads nothing of a brief that intake would refuse, and says why and where', async () => {
    const broken = join(folder, 'broken');
    await cp(EXAMPLE, broken, { recursive: true });
    const text = (await readFile(join(EXAMPLE, 'brief.json'), 'utf8')).replace('"width": 1280', '"width": 1281');
    await writeFile(join(broken, 'brief.json'), text);
    await expect(submit(product, { path: broken })).rejects.toThrow(/outputs.*width/);
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'demo/broken/' }));
    expect(Versions).toEqual([]);
  });
  it('misses an asset before anything is uploaded', async () => {
    const half = join(folder, 'half');
    await cp(EXAMPLE, half, { recursive: true });
    await rm(join(half, 'assets', 'logo.png'));
    await expect(submit(product, { path: half })).rejects.toThrow(/brand\.logo: expected the file .*logo\.png, found nothing/);
  });
  it('asks which brief is meant when a folder holds none', async () => {
    await expect(submit(product, { path: join(EXAMPLE, 'assets') })).rejects.toThrow(/expected brief\.json, found no \.json file/);
  });
});

describe('a copy of the facts', () => {
  const fact = (factId: string): CostFact =>
    CostFact.parse({
      factId: factId.repeat(32),
      jobId: `acme_${'a'.repeat(24)}`,
      tenant: 'acme',
      campaign: 'spring',
      tier: 'final',
      stage: 'generate',
      visit: 'generate:final',
      component: 'animatic@1.0.0',
      cause: 'useful',
      day: '2026-11-24',
      at: '2026-11-24T10:00:00.000Z',
      seconds: 1,
      costMicroUsd: 1,
      priceList: 'test',
    });

  it('fetches what is new, forgets what is gone, and leaves the rest alone', async () => {
    const bucket = unique('ledger');
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    const archive = openCostArchive({ bucket, client: s3 });
    const here = join(folder, 'facts');
    expect(await copyFacts(s3, bucket, here)).toMatchObject({ facts: 0, downloaded: 0 });
    await archive.keep(fact('1'));
    await archive.keep(fact('2'));
    expect(await copyFacts(s3, bucket, here)).toMatchObject({ facts: 2, downloaded: 2 });
    await archive.keep(fact('3'));
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `facts/cost/day=2026-11-24/tenant=acme/${'1'.repeat(32)}.json` }));
    expect(await copyFacts(s3, bucket, here)).toMatchObject({ facts: 2, downloaded: 1 });
    const file = (factId: string) => join(here, 'cost', 'day=2026-11-24', 'tenant=acme', `${factId.repeat(32)}.json`);
    expect(CostFact.parse(JSON.parse(await readFile(file('3'), 'utf8')))).toEqual(fact('3'));
    await expect(readFile(file('1'))).rejects.toThrow(/ENOENT/);
  });
});
