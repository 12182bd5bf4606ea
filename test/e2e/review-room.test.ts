import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CreateGroupCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, expect, it } from 'vitest';
import type * as z from 'zod';
import { openAnalytics } from '#adapters/analytics/duckdb';
import { cognito } from '#adapters/aws/clients';
import { ClaimOutput, Dashboard, DecisionAnswer, Me, QueuePage, ReviewDetail, TogetherAnswer, TogetherView } from '#contracts/review-api';
import { queryCosts } from '../../tools/cli/cost-query.ts';
import { copyFacts } from '../../tools/cli/fact-copy.ts';
import { deployment, ended, eventsOf, eventually, newFolder, product, quickBrief, submit } from './world.ts';

const pool = cognito();
const UserPoolId = product.outputs.get('UserPoolId');
const apiId = new URL(product.outputs.get('ApiUrl')).hostname.split('.')[0];
const PASSWORD = 'Only-4-the-end-to-end';
const TENANT = 'room';

/** Somebody with a real token of the deployed pool; every request goes through the authorizer and the deployed function. */
async function enter(name: string, ...groups: string[]) {
  await pool.send(new AdminCreateUserCommand({ UserPoolId, Username: name, TemporaryPassword: PASSWORD, MessageAction: 'SUPPRESS' }));
  await pool.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: name, Password: PASSWORD, Permanent: true }));
  for (const GroupName of groups) await pool.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: name, GroupName }));
  const { AuthenticationResult } = await pool.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: product.outputs.get('ClientId'),
      AuthParameters: { USERNAME: name, PASSWORD },
    }),
  );
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const headers = { authorization: `Bearer ${AuthenticationResult?.AccessToken}`, 'content-type': 'application/json' };
    return fetch(`${deployment.endpoint}/_aws/execute-api/${apiId}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
  };
  return {
    name,
    status: async (path: string) => (await ask('GET', path)).status,
    get: async <S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> => schema.parse(await (await ask('GET', path)).json()),
    post: async <S extends z.ZodType>(schema: S, path: string, body: object = {}): Promise<z.output<S>> =>
      schema.parse(await (await ask('POST', path, body)).json()),
  };
}
type Person = Awaited<ReturnType<typeof enter>>;

let ada: Person;
let ben: Person;
let eve: Person;
let root: Person;
beforeAll(async () => {
  for (const tenant of [TENANT, 'elsewhere']) await pool.send(new CreateGroupCommand({ UserPoolId, GroupName: `tenant:${tenant}` }));
  ada = await enter('alba', 'role:reviewer', `tenant:${TENANT}`);
  ben = await enter('bruno', 'role:reviewer', `tenant:${TENANT}`);
  eve = await enter('eve', 'role:lead', 'tenant:elsewhere');
  root = await enter('root', 'role:admin', 'tenant:*');
});

it('takes a preview from the queue to a decision: two race for it, one decides, the machine goes on, strangers see nothing', async () => {
  expect(await ada.get(Me, '/api/me')).toEqual({ name: 'alba', role: 'reviewer', tenants: [TENANT], skills: [] });
  const jobId = await submit(quickBrief({ tenant: TENANT, template: 'product-hero', tier: 'preview' }), newFolder(TENANT));
  const question = `/api/reviews/${jobId}/preview/decision`;
  const entry = await eventually('the preview in the queue', async () => {
    const { entries } = await ada.get(QueuePage, `/api/queue?tenant=${TENANT}`);
    return entries.find((one) => one.jobId === jobId);
  });
  expect(entry).toMatchObject({ subject: 'preview', mine: true, clipSeconds: 4 });

  const claims = await Promise.all([ada, ben].map((who) => who.post(ClaimOutput, `${question}/claim`)));
  expect(claims.map(({ result }) => result).sort()).toEqual(['claimed', 'taken']);
  const [winner, loser] = claims[0]?.result === 'claimed' ? [ada, ben] : [ben, ada];

  const detail = await winner.get(ReviewDetail, question);
  expect(detail).toMatchObject({ may: { decide: true }, brief: { tenant: TENANT }, item: { claim: { reviewer: winner.name } } });
  expect(detail.shots).toHaveLength(2);
  expect(detail.cost.soFarMicroUsd).toBeGreaterThan(0);
  for (const [link, type] of [
    [detail.media.clip?.url, 'video/mp4'],
    [detail.media.poster, 'image/png'],
    [detail.media.contactSheet, 'image/png'],
    [detail.media.photo, 'image/png'],
    [detail.media.cutout, 'image/png'],
  ] as const) {
    // The local console lets pages load media from here and from nowhere else.
    expect(link).toContain(`${deployment.endpoint}/${product.outputs.get('ArtifactsBucket')}/tenants/${TENANT}/jobs/${jobId}/`);
    const file = await fetch(link ?? '', { headers: { range: 'bytes=0-99' } });
    expect([file.status, file.headers.get('content-type')]).toEqual([206, type]);
  }

  expect((await loser.post(DecisionAnswer, `${question}/decision`, { outcome: 'rejected' })).result).toBe('claimed');
  expect(await eve.status(question)).toBe(404);
  expect((await eve.get(QueuePage, '/api/queue')).total).toBe(0);

  const approval = { outcome: 'approved', round: 1, reason: 'looks right' };
  expect(await winner.post(DecisionAnswer, `${question}/decision`, approval)).toMatchObject({
    result: 'decided',
    item: { status: 'approved' },
  });
  const { job } = await ended(jobId);
  expect(job.status).toBe('previewed');
  const decided = (await eventsOf(jobId)).find((event) => event.type === 'review.decided');
  expect(decided).toMatchObject({ decision: { reviewer: winner.name, outcome: 'approved', reason: 'looks right' } });

  const numbers = await root.get(Dashboard, '/api/dashboard?days=1');
  expect(numbers.reviewers).toContainEqual(expect.objectContaining({ reviewer: winner.name, decided: 1 }));
  expect((await eve.get(Dashboard, '/api/dashboard?days=1')).decided.total).toBe(0);
});

it('answers two of a campaign in one look, and what two people approved settles the fourth through the bus', async () => {
  const brief = quickBrief({ tenant: TENANT, campaign: 'alike', template: 'product-hero', tier: 'preview' });
  const jobs = await Promise.all([1, 2, 3, 4].map(() => submit(brief, newFolder(TENANT))));
  const [one = '', two = '', three = '', four = ''] = jobs;
  const question = (jobId: string) => `/api/reviews/${jobId}/preview/decision`;
  // Every instance of the API remembers its own reading of the queue for two seconds, so one may show three when another showed four.
  const clips = await eventually(
    'four previews side by side',
    async () => {
      const rows = await product.reviews.find(TENANT, one);
      if (rows.length === 0) return undefined;
      const { clips } = await ada.get(TogetherView, `${question(one)}/together`);
      return clips.length === jobs.length ? clips : undefined;
    },
    () => Promise.all(jobs.map((jobId) => product.reviews.find(TENANT, jobId))),
  );
  expect(clips.map(({ entry }) => entry.jobId).sort()).toEqual([...jobs].sort());
  const file = await fetch(clips[1]?.clip.url ?? '', { headers: { range: 'bytes=0-99' } });
  expect([file.status, file.headers.get('content-type')]).toEqual([206, 'video/mp4']);

  const seen = { clips: [one, two].map((jobId) => ({ jobId, round: 1, approve: true })) };
  const { results } = await ada.post(TogetherAnswer, `${question(one)}/together`, seen);
  expect(results.map(({ result }) => result)).toEqual(['decided', 'decided']);
  expect((await ben.post(DecisionAnswer, `${question(three)}/decision`, { outcome: 'approved', round: 1 })).result).toBe('decided');

  const ends = await Promise.all(jobs.map((jobId) => ended(jobId)));
  expect(ends.map(({ job }) => job.status)).toEqual(Array(4).fill('previewed'));
  const decisionOf = async (jobId: string) => (await product.reviews.find(TENANT, jobId)).find(({ kind }) => kind === 'decision')?.decision;
  expect(await decisionOf(two)).toMatchObject({ reviewer: ada.name, together: { lead: one, of: 2, leftOut: 0 } });
  const settled = await decisionOf(four);
  expect(settled?.reviewer).toBe('rule:campaign-precedent');
  expect(settled?.evidence?.precedents?.map(({ jobId }) => jobId).sort()).toEqual([one, two, three].sort());

  const folder = mkdtempSync(join(tmpdir(), 'facts-'));
  const analytics = await openAnalytics();
  const answers = await eventually('four answers among the facts', async () => {
    await copyFacts(product.s3, product.outputs.get('LedgerBucket'), folder);
    const { review } = await queryCosts(analytics, folder, { by: 'stage', tenant: TENANT });
    const rows = await analytics.query("SELECT answeredBy, previewSeconds FROM answered WHERE campaign = 'alike'");
    return rows.length === jobs.length ? { review, rows } : undefined;
  });
  analytics.close();
  rmSync(folder, { recursive: true });
  expect(answers.rows.map(({ answeredBy }) => answeredBy).sort()).toEqual(['person', 'person', 'person', 'rule']);
  expect(answers.rows.every(({ previewSeconds }) => Number(previewSeconds) > 0)).toBe(true);
  expect(answers.review).toMatchObject({ sentBack: 0, answerSeconds: expect.any(Number), previewSeconds: expect.any(Number) });
});
