import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RejectionNote } from '#contracts/intake';
import { jobIdOf } from '#domain/intake/job-id';
import { cancel } from '../../tools/cli/cancel.ts';
import { decide } from '../../tools/cli/decide.ts';
import {
  ended,
  eventsOf,
  eventually,
  newFolder,
  product,
  quickBrief,
  rowOf,
  submit,
  submitBrief,
  until,
  upload,
  uploadPhoto,
} from './world.ts';

/** The note that intake leaves next to a brief it refuses. */
const noteOf = (briefKey: string): Promise<RejectionNote> =>
  eventually(`a note next to ${briefKey}`, async () => {
    const Key = briefKey.replace(/\.json$/i, '.rejected.json');
    const found = await product.s3
      .send(new GetObjectCommand({ Bucket: product.outputs.get('IntakeBucket'), Key }))
      .catch((error: Error) => (error.name === 'NoSuchKey' ? undefined : Promise.reject(error)));
    return found?.Body && RejectionNote.parse(JSON.parse(await found.Body.transformToString()));
  });

const renderedKeys = async (jobId: string): Promise<string[]> => {
  const Prefix = `tenants/${jobId.split('_')[0]}/jobs/${jobId}/preview/`;
  const { Contents = [] } = await product.s3.send(new ListObjectsV2Command({ Bucket: product.outputs.get('ArtifactsBucket'), Prefix }));
  return Contents.map(({ Key = '' }) => Key);
};

describe('a brief that is wrong', () => {
  it('is answered by a note beside it, an event and a row, all with the path of the mistake', async () => {
    const folder = newFolder();
    const jobId = await submit(quickBrief({ storyboard: [{ seconds: 61, description: 'An endless take' }] }), folder);
    const { job } = await ended(jobId);
    expect(job).toMatchObject({ status: 'rejected', visit: 'intake' });
    expect(job.reason).toContain('storyboard[0].seconds');
    expect((await noteOf(`${folder}/brief.json`)).problems).toEqual([
      expect.objectContaining({ path: 'storyboard[0].seconds', found: expect.stringContaining('61') }),
    ]);
    expect((await eventsOf(jobId)).map(({ type }) => type)).toContain('brief.rejected');
  });

  it('gets its answer even among forty others that arrive at once: none is lost', async () => {
    const briefs = [...handMade(), ...generated()].slice(0, 40);
    expect(briefs).toHaveLength(40);
    const jobs = await Promise.all(
      briefs.map(async ({ name, body }) => {
        const key = `${newFolder()}/${name}.JSON`; // any letter case of the ending is a brief
        return { key, jobId: jobIdOf({ key, versionId: await upload(key, body) }).jobId };
      }),
    );
    for (const { key, jobId } of jobs) {
      const note = await noteOf(key);
      expect(note.jobId).toBe(jobId);
      for (const { path, expected, found } of note.problems) expect([path, expected, found].every((words) => words.length > 0)).toBe(true);
      expect(await until(jobId, 'rejected', ({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(String) });
    }
  });
});

it('refuses an unsafe brief before a single second of rendering is paid for', async () => {
  const jobId = await submit(quickBrief({ storyboard: [{ seconds: 2, description: 'A massacre behind the bottle' }] }));
  const { job, facts } = await ended(jobId);
  expect(job).toMatchObject({ status: 'rejected', visit: 'safety:brief', reason: expect.stringContaining('massacre') });
  expect(await renderedKeys(jobId)).toEqual([]);
  expect(facts.map(({ stage }) => stage)).not.toEqual(expect.arrayContaining(['generate']));
  const concluded = (await eventsOf(jobId)).find(({ type }) => type === 'job.concluded');
  expect(concluded).toMatchObject({ gpuCostAvoidedMicroUsd: 0 }); // the demo's component draws on CPUs
});

describe('a brief that came before its assets', () => {
  it('waits for them, and is accepted when they come', async () => {
    const folder = newFolder();
    const jobId = await submitBrief(quickBrief({ tier: 'preview' }), folder);
    await until(jobId, 'parked', (row) => row.reason?.includes('photo.png') === true);
    await uploadPhoto(folder);
    expect((await ended(jobId)).job).toMatchObject({ status: 'previewed' });
  });

  it('is refused with the reason when they never come', async () => {
    const folder = newFolder();
    const jobId = await submitBrief(quickBrief(), folder);
    const { job } = await ended(jobId);
    expect(job).toMatchObject({ status: 'rejected', reason: expect.stringContaining('photo.png') });
    expect((await noteOf(`${folder}/brief.json`)).problems[0]).toMatchObject({ path: 'product.photo', found: 'nothing there' });
  });
});

describe('a review', () => {
  it('waits for a person, costs nothing meanwhile, and goes on when they approve', async () => {
    const jobId = await submit(
      quickBrief({ template: 'product-hero', storyboard: [{ seconds: 1, description: 'A slow sweep of light' }] }),
    );
    await until(jobId, 'waiting for review', ({ status }) => status === 'waiting-for-review');
    const [item] = await product.reviews.find('acme', jobId);
    expect(item).toMatchObject({ subject: 'preview', status: 'waiting', reasons: [expect.stringContaining('Nobody has seen')] });

    const answer = { jobId, outcome: 'approved' as const, reviewer: 'ada', reason: 'lovely light' };
    expect(await decide(product, answer)).toMatchObject({ result: 'decided' });
    expect(await decide(product, { ...answer, outcome: 'rejected' })).toMatchObject({
      result: 'already-decided',
      item: { decision: { outcome: 'approved', reviewer: 'ada' } },
    });
    expect((await ended(jobId)).job).toMatchObject({ status: 'published' });
  });

  it('ends the job when they refuse, with their words', async () => {
    const jobId = await submit(
      quickBrief({ template: 'product-hero', storyboard: [{ seconds: 1, description: 'A slow sweep of light' }] }),
    );
    await until(jobId, 'waiting for review', ({ status }) => status === 'waiting-for-review');
    await decide(product, { jobId, outcome: 'rejected', reviewer: 'grace', reason: 'wrong bottle' });
    const { job } = await ended(jobId);
    expect(job).toMatchObject({ status: 'rejected', visit: 'review:preview', reason: expect.stringContaining('wrong bottle') });
    expect(await rowOf(jobId)).not.toHaveProperty('renderedSeconds');
  });
});

it('asks nobody any more about a job that was canceled while it waited', async () => {
  const jobId = await submit(quickBrief({ template: 'product-hero', storyboard: [{ seconds: 1, description: 'A slow sweep of light' }] }));
  await until(jobId, 'waiting for review', ({ status }) => status === 'waiting-for-review');
  expect(await cancel(product, jobId, AbortSignal.timeout(60_000))).toMatchObject({ result: 'canceled' });
  const closed = await eventually('the question to be closed', async () =>
    (await product.reviews.find('acme', jobId)).find(({ status }) => status === 'expired'),
  );
  expect(closed.closed?.because).toBe('the job was canceled');
  expect((await product.reviews.waiting('acme')).map((item) => item.jobId)).not.toContain(jobId);
});

/** The folder of mistakes that people and attackers make; each file is one brief. */
function handMade(): { name: string; body: Uint8Array }[] {
  const folder = join(import.meta.dirname, '../../contracts/examples/brief/invalid');
  const files = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
  const every = Math.max(1, Math.floor(files.length / 25)); // 25 of them, spread over the whole folder
  return files
    .filter((_, index) => index % every === 0)
    .slice(0, 25)
    .map((name) => ({ name: name.replace(/\.[a-z]+$/, ''), body: readFileSync(join(folder, name)) }));
}

/** Good briefs with one field replaced by something that no field may be. Seeded, so a failure can be run again. */
function generated(): { name: string; body: string }[] {
  const field = fc.constantFrom(
    'tenant',
    'campaign',
    'product',
    'storyboard',
    'brand',
    'outputs',
    'tier',
    'template',
    'metadata',
    'schema',
  );
  const nonsense = fc.oneof(
    fc.integer({ max: -1 }),
    fc.constant(null),
    fc.constant(true),
    fc.constant(''),
    fc.constant([[]]),
    fc.double({ max: 0, noNaN: true }),
  );
  return fc
    .sample(fc.tuple(field, nonsense), { numRuns: 15, seed: 4 })
    .map(([name, value], index) => ({ name: `generated-${index}`, body: JSON.stringify(quickBrief({ [name]: value })) }));
}
