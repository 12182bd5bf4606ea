import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { WindowManifest } from '#contracts/generate';
import { keys } from '#contracts/keys';
import { PostDocument } from '#contracts/post';
import { costByWork } from '#domain/ledger/cost-by-work';
import { readPlan } from '#domain/plan/read-plan';
import { decide } from '../../tools/cli/decide.ts';
import { artifacts, ended, eventsOf, newFolder, product, quickBrief, submit, until } from './world.ts';

/** Every object of the job with its hash and the moment it was written: what is written again, even to the same bytes, is another. */
async function written(jobId: string, tenant = 'acme'): Promise<string[]> {
  const { Contents = [] } = await product.s3.send(
    new ListObjectsV2Command({ Bucket: product.outputs.get('ArtifactsBucket'), Prefix: `tenants/${tenant}/jobs/${jobId}/` }),
  );
  return Contents.map(({ Key, ETag, LastModified }) => `${Key} ${ETag} ${LastModified?.toISOString()}`);
}
const shotsIn = (objects: readonly string[], tier: string): string[] => [
  ...new Set(objects.flatMap((object) => new RegExp(`/${tier}/shots/([^/]+)/`).exec(object)?.[1] ?? [])),
];
const read = async (key: string): Promise<unknown> => JSON.parse(new TextDecoder().decode((await artifacts.find(key))?.body));

it('renders a shot that was sent back anew, keeps the other one, and asks again', async () => {
  const jobId = await submit(
    quickBrief({
      template: 'product-hero',
      storyboard: [
        { seconds: 1, description: 'A slow sweep of light over the bottle' },
        { seconds: 1, description: 'Soft waves of green behind the bottle' },
      ],
    }),
  );
  await until(jobId, 'waiting for review', ({ status }) => status === 'waiting-for-review');
  const first = await written(jobId);
  expect(shotsIn(first, 'preview').sort()).toEqual(['000', '001']);

  const back = {
    jobId,
    outcome: 'rework' as const,
    reviewer: 'ada',
    reason: 'the second shot is dull',
    round: 1,
    notes: [{ shot: 1, at: 1.5, text: 'more winter', description: 'Snow falls softly behind the bottle' }],
  };
  expect(await decide(product, back)).toMatchObject({ result: 'decided', item: { decision: { rework: { take: 2 } } } });
  expect(await decide(product, back)).toMatchObject({ result: 'already-decided' });

  const again = await until(jobId, 'asked again', ({ status, take }) => status === 'waiting-for-review' && take === 2);
  expect(again).toMatchObject({ visit: 'review:preview', take: 2 });
  expect(await decide(product, { ...back, outcome: 'approved', notes: [] })).toMatchObject({ result: 'stale' });

  const second = await written(jobId);
  const added = second.filter((object) => !first.includes(object));
  expect(first.filter((object) => !second.includes(object))).toEqual([]);
  expect(shotsIn(added, 'preview')).toEqual(['001-take2']); // nothing of the other shot was written again, not even the same

  const preview = { tenant: 'acme', jobId, tier: 'preview' as const };
  const plans = await Promise.all(
    [preview, { ...preview, take: 2 }].map(async (place) => readPlan(artifacts, (await artifacts.find(keys.plan(place)))!.ref)),
  );
  const [one, two] = plans;
  expect(two!.shots[0]).toEqual(one!.shots[0]);
  expect(two!.shots[1]).toMatchObject({ take: 2, motif: 'snow', frames: one!.shots[1]!.frames });
  const pixels = await Promise.all(
    plans.map(async (plan) => WindowManifest.parse(await read(keys.windowManifest(plan, plan.shots[1]!, plan.shots[1]!.windows[0]!)))),
  );
  expect(pixels[1]!.decodedSha256).not.toBe(pixels[0]!.decodedSha256);
  const clips = await Promise.all(plans.map(async (plan) => PostDocument.parse(await read(keys.postDocument(plan)))));
  expect(clips[1]!.clips[0]!.ref.sha256).not.toBe(clips[0]!.clips[0]!.ref.sha256);
  expect(clips[1]!.clips[0]!.ref.key).toContain('/preview-take2/');

  expect(await decide(product, { jobId, outcome: 'approved', reviewer: 'ada', round: 2 })).toMatchObject({ result: 'decided' });
  const { job, facts } = await ended(jobId);
  expect(job).toMatchObject({ status: 'published', visit: 'publish', percent: 100, take: 2 });
  expect(shotsIn(await written(jobId), 'final').sort()).toEqual(['000', '001-take2']); // the final shows what was approved

  const asked = (await eventsOf(jobId)).filter(({ type }) => type === 'review.requested');
  expect(asked).toHaveLength(2);
  expect(asked[1]!.sequence).toBeGreaterThan(asked[0]!.sequence);
  const rendered = facts.filter(({ stage, component }) => stage === 'generate' && component === 'animatic');
  expect(rendered.map(({ tier, take = 1, shot }) => `${tier} take ${take} shot ${shot}`).sort()).toEqual([
    'final take 2 shot 0',
    'final take 2 shot 1',
    'preview take 1 shot 0',
    'preview take 1 shot 1',
    'preview take 2 shot 0',
    'preview take 2 shot 1',
  ]);
  const work = costByWork(facts, await eventsOf(jobId));
  expect(work.map(({ name }) => name)).toEqual(['useful', 'reworked']);
  expect(work.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)).toBe(job.costMicroUsd);
});

it('renders a final that was sent back anew, from the preview that was approved, and publishes the later take', async () => {
  const tenant = 'careful'; // asks for a voter that is not there: preview and final have to be seen
  const jobId = await submit(quickBrief({ tenant, storyboard: [{ seconds: 1, description: 'A slow sweep of light' }] }), newFolder(tenant));
  const asked = (subject: string, round: number) =>
    until(
      jobId,
      `asked about the ${subject}, round ${round}`,
      ({ status, visit, take = 1 }) => status === 'waiting-for-review' && visit === `review:${subject}` && take === round,
    );
  await asked('preview', 1);
  expect(await decide(product, { jobId, outcome: 'approved', reviewer: 'ada' })).toMatchObject({ result: 'decided' });

  await asked('final', 1);
  const first = await written(jobId, tenant);
  const back = { jobId, subject: 'final' as const, outcome: 'rework' as const, reviewer: 'ada', reason: 'flat', round: 1 };
  const notes = [{ shot: 0, at: 0.5, text: 'more light', description: 'Soft waves of green' }];
  expect(await decide(product, { ...back, notes })).toMatchObject({ result: 'decided', item: { decision: { rework: { take: 2 } } } });

  await asked('final', 2);
  const added = (await written(jobId, tenant)).filter((object) => !first.includes(object));
  expect(shotsIn(added, 'final')).toEqual(['000-take2']);
  expect(shotsIn(added, 'preview')).toEqual([]); // what was approved is neither rendered nor asked about again
  const rows = await product.reviews.find(tenant, jobId);
  expect(rows.find(({ subject }) => subject === 'preview')).toMatchObject({ status: 'approved', round: 1 });
  expect(rows.find(({ subject }) => subject === 'final')).toMatchObject({ status: 'waiting', round: 2, earlier: [{ outcome: 'rework' }] });

  expect(await decide(product, { jobId, outcome: 'approved', reviewer: 'grace', round: 2 })).toMatchObject({ result: 'decided' });
  const { job } = await ended(jobId);
  expect(job).toMatchObject({ status: 'published', take: 2 });
});
