import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Analytics, openAnalytics } from '#adapters/analytics/duckdb';
import { openMemoryCostArchive } from '#adapters/memory/cost-archive';
import { AnsweredQuestion, type CostFact, CostFact as CostFactSchema, StoppedJob } from '#contracts/ledger';
import { costLines } from '../../../tools/cli/commands/costs.ts';
import { queryCosts } from '../../../tools/cli/cost-query.ts';
import { EMPTY_TABLES } from '../../../tools/cli/fact-copy.ts';

let folder: string;
let empty: string;
let analytics: Analytics;
const JOBS = ['a', 'b', 'c'].map((letter) => `acme_${letter.repeat(24)}`);

const fact = (index: number, over: Partial<CostFact>): CostFact =>
  CostFactSchema.parse({
    factId: String(index).padStart(32, '0'),
    jobId: JOBS[0],
    tenant: 'acme',
    campaign: 'spring',
    tier: 'final',
    stage: 'generate',
    visit: 'generate:final',
    component: 'animatic@1.0.0',
    cause: 'useful',
    day: '2026-11-24',
    at: '2026-11-24T10:00:00.000Z',
    seconds: 1.5,
    costMicroUsd: 100,
    priceList: 'test',
    ...over,
  });

const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;
const answer = (jobId: string | undefined, round: number, asked: number, decided: number, over: Partial<AnsweredQuestion> = {}) => ({
  ...{ jobId, tenant: 'acme', campaign: 'spring', template: 'product-hero', subject: 'preview', outcome: 'approved', answeredBy: 'person' },
  ...{ round, acceptedAt: at(0), requestedAt: at(asked), decidedAt: at(decided), day: '2026-11-24', ...over },
});
/** Two people and two rules; one preview goes back and is asked about again four minutes later. */
const ANSWERS = [
  answer(JOBS[0], 1, 5, 15, { outcome: 'rework' }),
  answer(JOBS[0], 2, 19, 21),
  answer(JOBS[1], 1, 3, 3, { answeredBy: 'rule' }),
  answer(JOBS[2], 1, 4, 4, { answeredBy: 'rule', tenant: 'zeta', day: '2026-11-25' }),
];
const STOPPED = { tenant: 'acme', visit: 'safety:brief', gpuCostAvoidedMicroUsd: 1_000 };

const write = async (root: string, name: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facts-'));
  empty = await mkdtemp(join(tmpdir(), 'facts-'));
  const archive = openMemoryCostArchive();
  await archive.keep(fact(1, {}));
  await archive.keep(fact(2, { cause: 'reclaimed', seconds: 0.5, costMicroUsd: fact(2, {}).costMicroUsd }));
  await archive.keep(fact(3, { stage: 'post', visit: 'post:final', component: 'post@1.0.0', jobId: JOBS[1] ?? '' }));
  await archive.keep(fact(4, { tenant: 'zeta', campaign: "it's", day: '2026-11-25', jobId: JOBS[2] ?? '' }));
  for (const [jobId = '', day] of [
    [JOBS[0], '2026-11-24'],
    [JOBS[0], '2026-11-25'], // reported twice around midnight
    [JOBS[1], '2026-11-24'],
  ] as const)
    await archive.keepPublished({ jobId, tenant: 'acme', campaign: 'spring', tier: 'final', renderedSeconds: 15, day });
  for (const line of ANSWERS) await archive.keepAnswered(AnsweredQuestion.parse(line));
  for (const [index, day] of ['2026-11-24', '2026-11-25'].entries()) // the first is told twice around midnight
    for (const job of JOBS.slice(0, index + 1)) await archive.keepStopped(StoppedJob.parse({ ...STOPPED, jobId: job, day }));
  for (const [key, line] of archive.objects) await write(folder, key.replace('facts/', ''), line);
  for (const root of [folder, empty]) for (const name of EMPTY_TABLES) await write(root, name, '');
  analytics = await openAnalytics();
});
afterAll(async () => {
  analytics.close();
  await Promise.all([folder, empty].map((root) => rm(root, { recursive: true, force: true })));
});

describe('costs', () => {
  it('sums by stage, dearest first, and says which part was useful', async () => {
    const { rows, totalMicroUsd } = await queryCosts(analytics, folder, { by: 'stage' });
    expect(rows).toEqual([
      { value: 'generate', costMicroUsd: 300, usefulMicroUsd: 200, seconds: 3.5, jobs: 2 },
      { value: 'post', costMicroUsd: 100, usefulMicroUsd: 100, seconds: 1.5, jobs: 1 },
    ]);
    expect(totalMicroUsd).toBe(400);
  });
  it('answers by every dimension, and each adds up to the same total', async () => {
    for (const by of ['tenant', 'tier', 'component', 'day', 'stage', 'campaign', 'work'] as const) {
      const { rows, totalMicroUsd } = await queryCosts(analytics, folder, { by });
      expect(rows.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0)).toBe(totalMicroUsd);
    }
    expect((await queryCosts(analytics, folder, { by: 'campaign' })).rows.map(({ value }) => value)).toEqual(['spring', "it's"]);
    expect((await queryCosts(analytics, folder, { by: 'day' })).rows.map(({ value }) => value)).toEqual(['2026-11-24', '2026-11-25']);
  });
  it('says what the time went to', async () => {
    expect((await queryCosts(analytics, folder, { by: 'work' })).rows).toMatchObject([
      { value: 'useful', costMicroUsd: 300, usefulMicroUsd: 300 },
      { value: 'reclaimed', costMicroUsd: 100, usefulMicroUsd: 0 },
    ]);
  });
  it('calls what a reviewer sent back reworked, from the moment that it was sent back', async () => {
    const root = await mkdtemp(join(tmpdir(), 'facts-'));
    const archive = openMemoryCostArchive();
    await archive.keep(fact(1, { shot: 0 }));
    await archive.keep(fact(2, { shot: 1 }));
    await archive.keep(fact(3, { shot: 1, take: 2 }));
    const look = async () => {
      for (const [key, line] of archive.objects) await write(root, key.replace('facts/', ''), line);
      for (const name of EMPTY_TABLES) await write(root, name, '');
      return queryCosts(analytics, root, { by: 'work' });
    };
    expect((await look()).rows).toMatchObject([{ value: 'useful', costMicroUsd: 300 }]);
    await archive.keepReworked([{ jobId: JOBS[0] ?? '', tenant: 'acme', tier: 'final', shot: 1, take: 2, day: '2026-11-25' }]);
    expect(await look()).toMatchObject({
      totalMicroUsd: 300,
      rows: [
        { value: 'useful', costMicroUsd: 200, usefulMicroUsd: 200 },
        { value: 'reworked', costMicroUsd: 100, usefulMicroUsd: 0 },
      ],
    });
    await rm(root, { recursive: true });
  });
  it('divides everything spent by everything published, each job once', async () => {
    expect(await queryCosts(analytics, folder, { by: 'tenant' })).toMatchObject({ renderedSeconds: 30, costPerRenderedSecondMicroUsd: 13 });
  });
  it('looks at one tenant or some days when asked', async () => {
    expect((await queryCosts(analytics, folder, { by: 'stage', tenant: 'zeta' })).totalMicroUsd).toBe(100);
    expect((await queryCosts(analytics, folder, { by: 'stage', until: '2026-11-24' })).totalMicroUsd).toBe(300);
    expect((await queryCosts(analytics, folder, { by: 'stage', tenant: "nobody' OR 1=1 --" })).totalMicroUsd).toBe(0);
  });
  it('says what people had to do, how long it took, and how soon previews were there', async () => {
    expect((await queryCosts(analytics, folder, { by: 'stage' })).review).toEqual({
      ...{ questions: 4, byPeople: 2, answerSeconds: 360, sentBack: 1, reworkSeconds: 240, previewSeconds: 240 },
    });
    expect((await queryCosts(analytics, folder, { by: 'stage', tenant: 'zeta' })).review).toMatchObject({
      questions: 1,
      byPeople: 0,
      answerSeconds: null,
    });
    expect((await queryCosts(analytics, folder, { by: 'stage', until: '2026-11-24' })).review).toMatchObject({
      questions: 3,
      previewSeconds: 240,
    });
  });
  it('says what GPUs need not do for jobs that were refused in time, each once, and adds it to no total', async () => {
    const { stopped, totalMicroUsd } = await queryCosts(analytics, folder, { by: 'stage' });
    expect(stopped).toEqual({ jobs: 2, gpuCostAvoidedMicroUsd: 2_000 });
    expect(totalMicroUsd).toBe(400);
  });
  it('puts that into words, and is silent about what never happened', async () => {
    const lines = costLines(await queryCosts(analytics, folder, { by: 'stage' }));
    expect(lines.slice(-4)).toEqual([
      'review: people answered 2 of 4 questions (50.0 %), rules the others; a person after 6.0 min (median)',
      'preview: asked about 4.0 min after the brief was accepted (median)',
      'rework: 1 sent back, asked about again after 4.0 min (mean)',
      'stopped: 2 refused before the final was rendered; its GPUs would have cost about $0.002000 (an estimate, in no total)',
    ]);
    expect(costLines(await queryCosts(analytics, empty, { by: 'stage' })).join('\n')).not.toMatch(/review|preview|rework|stopped/);
  });
  it('has nothing to say about an empty ledger, and no cost per second of nothing', async () => {
    expect(await queryCosts(analytics, empty, { by: 'day' })).toEqual({
      by: 'day',
      rows: [],
      totalMicroUsd: 0,
      renderedSeconds: 0,
      costPerRenderedSecondMicroUsd: null,
      review: { questions: 0, byPeople: 0, answerSeconds: null, sentBack: 0, reworkSeconds: null, previewSeconds: null },
      stopped: { jobs: 0, gpuCostAvoidedMicroUsd: 0 },
    });
  });
});
