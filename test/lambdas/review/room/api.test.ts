import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ApiProblem,
  BulkAnswer,
  ClaimOutput,
  Dashboard,
  DecisionAnswer,
  Me,
  QueuePage,
  ReviewDetail,
  RulesAnswer,
  TogetherAnswer,
  TogetherView,
} from '#contracts/review-api';
import { openRoom } from '#lambdas/review/api-room';
import { call, claimsOf, eventOf, type Person, person, type Room, serve } from './gateway.ts';
import { jobOf, openWorld, type World } from './world.ts';

const ada = person('ada', 'role:reviewer', 'tenant:acme');
const ben = person('ben', 'role:reviewer', 'tenant:acme');
const lea = person('lea', 'role:lead', 'tenant:acme');
const root = person('root', 'role:admin', 'tenant:*');
const eve = person('eve', 'role:reviewer', 'tenant:globex');

let world: World;
let room: Room;
beforeEach(() => {
  world = openWorld();
  room = openRoom(() => world.neighbours);
});
const get = (who: Person, path: string, headers: Record<string, string> = {}) => call(room, who, { method: 'GET', path, headers });
const post = (who: Person, path: string, body: unknown = {}) =>
  call(room, who, { method: 'POST', path, body: typeof body === 'string' ? body : JSON.stringify(body) });
const review = (n: number, subject = 'preview', tenant = 'acme') => `/api/reviews/${jobOf(tenant, n)}/${subject}/decision`;
const problemOf = ({ json }: { json: unknown }) => ApiProblem.parse(json).error;

describe('who asks', () => {
  it('is read from the token', async () => {
    const { status, json } = await get(person('ada', 'role:reviewer', 'role:lead', 'tenant:acme', 'skill:political'), '/api/me');
    expect(status).toBe(200);
    expect(Me.parse(json)).toEqual({ name: 'ada', role: 'lead', tenants: ['acme'], skills: ['political'] });
  });

  it.each([
    ['no role', person('ada', 'tenant:acme'), 'Role.Missing'],
    ['no tenant', person('ada', 'role:reviewer'), 'Tenant.Missing'],
    [
      'a misspelt skill, which must not count as every skill',
      person('ada', 'role:reviewer', 'tenant:acme', 'skill:politcal'),
      'Groups.Malformed',
    ],
    ['an unknown role', person('ada', 'role:owner', 'tenant:acme'), 'Groups.Malformed'],
  ])('is kept out with %s', async (_, who, name) => {
    const answer = await get(who, '/api/me');
    expect(answer.status).toBe(403);
    expect(problemOf(answer).name).toBe(name);
  });

  it.each([
    ['an identity token', { ...claimsOf(ada), token_use: 'id' }],
    ['the name of a rule', { ...claimsOf(ada), username: 'rule:low-risk-loop' }],
    ['groups that are no list', { ...claimsOf(ada), 'cognito:groups': 'role:admin' }],
    ['no claims', undefined],
  ])('is not believed with %s', async (_, claims) => {
    const event = eventOf({ method: 'GET', path: '/api/me' }, claims);
    expect(await room(event)).toMatchObject({ statusCode: 401 });
  });
});

describe('the queue', () => {
  it('holds what waits for the person, the most urgent first', async () => {
    await world.ask(1, { timeoutSeconds: 80_000 });
    await world.ask(2, { timeoutSeconds: 4_000 });
    await world.ask(3, { tenant: 'globex' });
    const { json } = await get(ada, '/api/queue');
    const page = QueuePage.parse(json);
    expect(page.entries.map(({ jobId }) => jobId)).toEqual([jobOf('acme', 2), jobOf('acme', 1)]);
    expect(page.total).toBe(2);
    expect(page.entries.every(({ mine }) => mine)).toBe(true);
  });

  it('is asked for in pages, by tenant, subject and kind', async () => {
    for (const n of [1, 2, 3]) await world.ask(n, { timeoutSeconds: 10_000 * n });
    await world.ask(4, { tenant: 'globex', subject: 'final', doubts: ['violence'] });
    const page = async (query: string) => QueuePage.parse((await get(root, `/api/queue?${query}`)).json);
    expect((await page('offset=1&limit=1')).entries.map(({ jobId }) => jobId)).toEqual([jobOf('acme', 2)]);
    expect((await page('tenant=globex')).total).toBe(1);
    expect((await page('subject=final')).total).toBe(1);
    expect((await page('kind=audit')).total).toBe(0);
    expect(problemOf(await get(root, '/api/queue?limit=1001')).name).toBe('Request.Malformed');
    expect((await get(root, '/api/queue?colour=red')).status).toBe(400);
  });

  it('is not sent again while it is unchanged, and is sent once it changed', async () => {
    await world.ask(1);
    const first = await get(ada, '/api/queue');
    const known = { 'if-none-match': first.headers.etag ?? '' };
    world.pass(60);
    expect(await get(ada, '/api/queue', known)).toMatchObject({ status: 304, text: '' });
    await post(ben, `${review(1)}/claim`);
    expect((await get(ada, '/api/queue', known)).status).toBe(200);
  });

  it('has another tag for every person, so that nobody can guess what another one sees', async () => {
    await world.ask(1);
    const [one, other] = [await get(ada, '/api/queue'), await get(ben, '/api/queue')];
    expect(one.headers.etag).not.toBe(other.headers.etag);
    expect((await get(ben, '/api/queue', { 'if-none-match': one.headers.etag ?? '' })).status).toBe(200);
    expect(one.headers).toMatchObject({ 'cache-control': 'private, no-cache', vary: 'authorization' });
  });

  it('is read from the table once for everybody who looks within two seconds', async () => {
    let readings = 0;
    const { waiting } = world.neighbours.reviews;
    const counted = () => {
      readings++;
      return waiting();
    };
    const reviews = { ...world.neighbours.reviews, waiting: counted };
    room = openRoom(() => ({ ...world.neighbours, reviews }));
    await Promise.all([ada, ben, lea, root].map((who) => get(who, '/api/queue')));
    expect(readings).toBe(1);
    world.pass(2);
    await get(ada, '/api/queue');
    expect(readings).toBe(2);
  });

  it('is packed for whoever can unpack it', async () => {
    for (let n = 1; n <= 40; n++) await world.ask(n);
    const answer = await room(eventOf({ method: 'GET', path: '/api/queue', headers: { 'accept-encoding': 'gzip, br' } }, claimsOf(ada)));
    expect(answer).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } });
    const plain = gunzipSync(Buffer.from(answer.body, 'base64')).toString('utf8');
    expect(QueuePage.parse(JSON.parse(plain)).total).toBe(40);
    expect(answer.body.length).toBeLessThan(plain.length / 4);
  });
});

describe('the page of a question', () => {
  it('shows what was asked, what it cost, how it was made, and links to the files of this job alone', async () => {
    await world.ask(1, { doubts: ['political'] });
    const { status, json } = await get(ada, review(1));
    expect(status).toBe(200);
    const detail = ReviewDetail.parse(json);
    expect(detail.item).toMatchObject({ jobId: jobOf('acme', 1), categories: ['political'], needsSecond: true });
    expect(detail.brief.product.name).toBe('Spring Roast');
    expect(detail.shots[0]).toMatchObject({
      shot: 0,
      start: 0,
      end: 3.75,
      description: 'Steam rises from a cup in morning light',
      take: 1,
    });
    expect(detail.clipVerdict).toMatchObject({ verdict: 'review', sampledFrames: 15 });
    expect(detail.media.clip).toMatchObject({ width: 1280, fps: 24, frames: 180, seconds: 7.5 });
    const links = [detail.media.clip?.url, detail.media.poster, detail.media.contactSheet, detail.media.photo, detail.media.cutout];
    for (const link of links) expect(link).toContain(`/tenants/acme/jobs/${jobOf('acme', 1)}/`);
    expect(detail.provenance).toContainEqual({ name: 'motion', value: 'animatic@1.0.0' });
    expect(detail.may).toEqual({ claim: true, decide: true, release: false });
  });

  it('of a brief shows the storyboard, since nothing is rendered yet', async () => {
    await world.ask(1, { subject: 'brief' });
    const detail = ReviewDetail.parse((await get(ada, review(1, 'brief'))).json);
    expect(detail.media.clip).toBeUndefined();
    expect(detail.shots.map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [4, 7.5],
    ]);
  });

  it('links to nothing of another job, even when a dossier says so', async () => {
    const item = await world.ask(1);
    const stranger = await world.ask(2, { tenant: 'globex' });
    await world.neighbours.reviews.change(item, (row) => (row && stranger.dossier ? { ...row, dossier: stranger.dossier } : row));
    const answer = await get(ada, review(1));
    expect(answer.text).not.toContain('globex');
    expect(answer.status).toBe(500);
  });

  it('says what stands in the way', async () => {
    await world.ask(1, { doubts: ['political'] });
    const because = async (who: Person) => ReviewDetail.parse((await get(who, review(1))).json).may;
    expect(await because(person('cy', 'role:reviewer', 'tenant:acme', 'skill:violence'))).toMatchObject({
      decide: false,
      because: expect.stringContaining('political'),
    });
    await post(ben, `${review(1)}/claim`);
    expect(await because(ada)).toMatchObject({ claim: false, decide: false, because: expect.stringContaining('ben') });
    expect(await because(lea)).toMatchObject({ claim: true, decide: false, release: true });
    expect(await because(ben)).toEqual({ claim: true, decide: true, release: true });
    world.pass(25 * 3600);
    expect(await because(ben)).toMatchObject({ claim: false, decide: false, because: expect.stringContaining('deadline') });
  });

  it('is gone for questions of before dossiers were kept', async () => {
    const item = await world.ask(1);
    await world.neighbours.reviews.change(item, (row) => {
      if (!row) return row;
      const { dossier: _, ...old } = row;
      return old;
    });
    const answer = await get(ada, review(1));
    expect(answer.status).toBe(410);
    expect(problemOf(answer).name).toBe('Review.NoDossier');
  });

  it('is not there for a stranger, in the same words as when it does not exist', async () => {
    await world.ask(1);
    const [foreign, absent] = [await get(eve, review(1)), await get(eve, review(2))];
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect(foreign.text.replace(jobOf('acme', 1), '')).toBe(absent.text.replace(jobOf('acme', 2), ''));
    expect((await get(ada, '/api/reviews/nonsense/preview/decision')).status).toBe(404);
  });
});

describe('claiming and deciding', () => {
  it('gives a question to the first of two who claim it at the same moment', async () => {
    await world.ask(1);
    const answers = await Promise.all([ada, ben].map(async (who) => ClaimOutput.parse((await post(who, `${review(1)}/claim`)).json)));
    expect(answers.map(({ result }) => result).sort()).toEqual(['claimed', 'taken']);
    const holders = new Set(answers.map(({ item }) => item?.claim?.reviewer));
    expect(holders.size).toBe(1);
  });

  it('wakes the machine with the person who decided, and tells the bus', async () => {
    await world.ask(1);
    const { json } = await post(ada, `${review(1)}/decision`, { outcome: 'approved', round: 1, reason: 'fine' });
    expect(DecisionAnswer.parse(json)).toMatchObject({ result: 'decided', item: { status: 'approved' } });
    expect(world.tokens.answers.get(`token of ${jobOf('acme', 1)} preview`)).toMatchObject({
      outcome: 'approved',
      reviewer: 'ada',
      reason: 'fine',
    });
    expect(world.publisher.published.find(({ type }) => type === 'review.decided')).toMatchObject({ decision: { reviewer: 'ada' } });
  });

  it('sends shots back with notes', async () => {
    await world.ask(1);
    const notes = [{ shot: 0, at: 1.5, text: 'the steam flickers' }];
    const { json } = await post(ada, `${review(1)}/decision`, { outcome: 'rework', round: 1, notes });
    expect(DecisionAnswer.parse(json)).toMatchObject({ result: 'decided', item: { status: 'rework', decision: { rework: { take: 2 } } } });
  });

  it("takes nobody else's name: who decides is in the token", async () => {
    await world.ask(1);
    const answer = await post(ada, `${review(1)}/decision`, { outcome: 'approved', reviewer: 'ben' });
    expect(answer.status).toBe(422);
  });

  it('needs two different people for what is political', async () => {
    await world.ask(1, { doubts: ['political'] });
    const approve = async (who: Person) =>
      DecisionAnswer.parse((await post(who, `${review(1)}/decision`, { outcome: 'approved' })).json).result;
    expect(await approve(ada)).toBe('second-needed');
    expect(await approve(ada)).toBe('second-needed');
    expect(await approve(ben)).toBe('decided');
  });

  it.each([
    ['not JSON', '{', 400],
    ['JSON that is no decision', '{"outcome":"maybe"}', 422],
    ['too long', `{"reason":"${'x'.repeat(512 * 1024)}"}`, 413],
    ['nothing', '', 400],
  ])('refuses a body that is %s', async (_, body, status) => {
    await world.ask(1);
    const answer = await post(ada, `${review(1)}/decision`, body);
    expect(answer.status).toBe(status);
    expect(problemOf(answer).message.length).toBeGreaterThan(10);
  });

  it('refuses whoever is not trained for it', async () => {
    await world.ask(1, { doubts: ['political'] });
    const cy = person('cy', 'role:reviewer', 'tenant:acme', 'skill:violence');
    for (const path of ['claim', 'release', 'decision']) {
      const answer = await post(cy, `${review(1)}/${path}`, { outcome: 'approved' });
      expect(answer.status).toBe(403);
      expect(problemOf(answer).name).toBe('Skill.Missing');
    }
  });

  it('lets a lead decide about many at once, each with an answer of its own', async () => {
    await world.ask(1);
    await world.ask(2);
    await world.ask(3, { tenant: 'globex' });
    await post(ben, `${review(2)}/claim`);
    const which = (n: number, tenant = 'acme', round = 1) => ({ jobId: jobOf(tenant, n), subject: 'preview', kind: 'decision', round });
    const body = { action: 'approve', items: [which(1), which(2), which(3, 'globex'), which(1, 'acme', 2)], reason: 'all the same' };
    const { results } = BulkAnswer.parse((await post(lea, '/api/bulk', body)).json);
    expect(results.map(({ result }) => result)).toEqual(['decided', 'claimed', 'not-found', 'stale']);
    const refused = await post(ada, '/api/bulk', body);
    expect(refused.status).toBe(403);
    expect(problemOf(refused).name).toBe('Role.Missing');
  });
});

describe('rules and numbers', () => {
  it('shows rules to everybody and lets only an admin suspend one', async () => {
    expect(RulesAnswer.parse((await get(ada, '/api/rules')).json).rules[0]).toMatchObject({ name: 'low-risk-loop', approved: 0 });
    const change = { action: 'suspend', reason: 'two misses this week' };
    expect((await post(lea, '/api/rules/low-risk-loop', change)).status).toBe(403);
    const { rules } = RulesAnswer.parse((await post(root, '/api/rules/low-risk-loop', change)).json);
    expect(rules[0]?.suspended).toMatchObject({ by: 'root', reason: 'two misses this week' });
    expect((await post(root, '/api/rules/no-such-rule', change)).status).toBe(404);
  });

  it("counts a person's own tenants, and shows a reviewer no colleague's load", async () => {
    await world.ask(1);
    await world.ask(2, { tenant: 'globex' });
    world.pass(120);
    await post(ada, `${review(1)}/decision`, { outcome: 'approved' });
    const numbers = async (who: Person) => Dashboard.parse((await get(who, '/api/dashboard?days=1')).json);
    expect(await numbers(lea)).toMatchObject({
      waiting: { total: 0 },
      decided: { total: 1, approved: 1, medianSeconds: 120 },
      reviewers: [{ reviewer: 'ada', decided: 1 }],
    });
    expect((await numbers(ben)).reviewers).toEqual([]);
    expect(await numbers(root)).toMatchObject({ waiting: { total: 1 }, decided: { total: 1 } });
    expect(await numbers(eve)).toMatchObject({ waiting: { total: 1 }, decided: { total: 0 }, reviewers: [] });
  });
});

describe('the door', () => {
  it('says nothing of the inside when something breaks, but the request to ask about', async () => {
    const reviews = { ...world.neighbours.reviews, waiting: () => Promise.reject(new Error('table Framewright-Secret is gone')) };
    room = openRoom(() => ({ ...world.neighbours, reviews }));
    const answer = await get(ada, '/api/queue');
    expect(answer.status).toBe(500);
    expect(problemOf(answer).message).toContain('test-request');
    expect(answer.text).not.toContain('Secret');
  });

  it("answers an event that is none of the gateway's with an error, not a crash", async () => {
    expect(await room({ hello: 'world' })).toMatchObject({ statusCode: 500 });
    expect(await room(null)).toMatchObject({ statusCode: 500 });
  });

  it('speaks real HTTP behind a loopback gateway', async () => {
    await world.ask(1);
    const gateway = await serve(room, (token) => (token === 'of-ada' ? ada : undefined));
    try {
      const asked = (token: string) => fetch(`${gateway.origin}/api/queue`, { headers: { authorization: `Bearer ${token}` } });
      expect(QueuePage.parse(await (await asked('of-ada')).json()).total).toBe(1);
      expect((await asked('of-nobody')).status).toBe(401);
    } finally {
      await gateway.close();
    }
  });
});

describe('several of a campaign side by side', () => {
  const clipsOf = (approve: Record<number, boolean>) => ({
    clips: Object.entries(approve).map(([n, yes]) => ({ jobId: jobOf('acme', Number(n)), round: 1, approve: yes })),
  });

  it('shows the like of a question to who sees the tenant, with links to each job’s own files, and counts them on its page', async () => {
    for (const n of [1, 2, 3]) await world.ask(n);
    await world.ask(4, { doubts: ['brand-ip'] });
    await world.ask(5, { tenant: 'globex' });
    const { clips } = TogetherView.parse((await get(ada, `${review(1)}/together`)).json);
    expect(clips.map(({ entry }) => entry.jobId)).toEqual([1, 2, 3].map((n) => jobOf('acme', n)));
    for (const { entry, clip, photo } of clips) for (const link of [clip.url, photo]) expect(link).toContain(`/jobs/${entry.jobId}/`);
    expect(ReviewDetail.parse((await get(ada, review(1))).json).beside).toBe(2);
    expect(ReviewDetail.parse((await get(ada, review(4))).json).beside).toBe(0);
    expect(TogetherView.parse((await get(ada, `${review(4)}/together`)).json).clips).toEqual([]);
    expect((await get(eve, `${review(1)}/together`)).status).toBe(404);
  });

  it('shows nobody what a colleague holds', async () => {
    for (const n of [1, 2, 3]) await world.ask(n);
    await post(ben, `${review(2)}/claim`);
    const { clips } = TogetherView.parse((await get(ada, `${review(1)}/together`)).json);
    expect(clips.map(({ entry }) => entry.jobId)).toEqual([1, 3].map((n) => jobOf('acme', n)));
  });

  it('takes one answer for all, and nothing of another tenant by way of a job’s name', async () => {
    for (const n of [1, 2, 3]) await world.ask(n);
    await world.ask(5, { tenant: 'globex' });
    const body = clipsOf({ 1: true, 2: true, 3: false });
    body.clips.push({ jobId: jobOf('globex', 5), round: 1, approve: true }, { jobId: jobOf('globex', 6), round: 1, approve: false });
    expect((await post(eve, `${review(1)}/together`, body)).status).toBe(404);
    const { results } = TogetherAnswer.parse((await post(ada, `${review(1)}/together`, body)).json);
    expect(results.map(({ result }) => result)).toEqual(['left-out', 'refused', 'decided', 'decided', 'refused']);
    expect(QueuePage.parse((await get(root, '/api/queue')).json).entries.map(({ jobId }) => jobId)).toEqual([
      jobOf('acme', 3),
      jobOf('globex', 5),
    ]);
    expect(world.tokens.answers.get(`token of ${jobOf('acme', 2)} preview`)).toMatchObject({ reviewer: 'ada', together: { of: 5 } });
  });

  it('names the question of the address among its clips', async () => {
    for (const n of [1, 2, 3]) await world.ask(n);
    expect(problemOf(await post(ada, `${review(1)}/together`, clipsOf({ 2: true, 3: true }))).name).toBe('Request.Unfit');
  });
});
