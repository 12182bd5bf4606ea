import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { inspectCredentials } from '#adapters/provenance/c2pa';
import { tenantOfJob } from '#contracts/identity';
import { VISITS } from '#contracts/stages';
import { costPerRenderedSecond } from '#domain/ledger/cost-per-second';
import { deployment, ended, eventsOf, fetched, quickBrief, submit } from './world.ts';

it('turns a brief in the bucket into a published, trusted clip and says what a second of it cost', async () => {
  const jobId = await submit(quickBrief({ components: undefined })); // by our own model, as every brief that names no component
  const { job, facts } = await ended(jobId);
  expect(job).toMatchObject({ status: 'published', visit: 'publish', percent: 100, renderedSeconds: 4, tenant: tenantOfJob(jobId) });

  const events = await eventsOf(jobId);
  const published = events.filter((event) => event.type === 'job.published');
  expect(published).toHaveLength(1);
  const [master] = published[0]!.publication.clips;
  const file = await fetched(master!.ref);
  const { result, render } = await inspectCredentials(file, deployment.anchors);
  expect(result).toMatchObject({ state: 'Trusted', signer: 'Framewright development signer', problems: [] });
  expect(render).toMatchObject({ jobId, tier: 'final', reviews: [{ subject: 'preview', by: 'rule:low-risk-loop' }] });

  const streams = JSON.parse(probe('-show_streams', '-count_frames', file)).streams;
  expect(streams.find((stream: { codec_type: string }) => stream.codec_type === 'video')).toMatchObject({
    codec_name: 'h264',
    pix_fmt: 'yuv420p',
    width: 320,
    height: 180,
    nb_read_frames: '96', // 4 s at 24 frames a second, to the frame
  });

  const paid = new Set(facts.map(({ visit }) => visit));
  expect(VISITS.filter((visit) => paid.has(visit))).toEqual(VISITS.filter((visit) => !['review:brief', 'review:final'].includes(visit)));
  expect(facts.every(({ cause }) => cause === 'useful')).toBe(true);
  const drawnBy = new Set(facts.filter(({ stage }) => stage === 'generate').map(({ component }) => component));
  expect([...drawnBy]).toContain('motion-tiny');
  expect(costPerRenderedSecond(job.costMicroUsd, 4)).toBeGreaterThan(0);
});

const probe = (...args: string[]): string =>
  execFileSync(resolve('.framewright/media/ffprobe'), ['-v', 'error', '-of', 'json', ...args], { encoding: 'utf8' });
