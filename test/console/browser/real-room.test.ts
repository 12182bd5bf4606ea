import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openRoom } from '#lambdas/review/api-room';
import { call, person, serve } from '../../lambdas/review/room/gateway.ts';
import { jobOf, openWorld, type World } from '../../lambdas/review/room/world.ts';
import { type OpenApi, type Served, serveConsole } from '../room/server.ts';
import { openBrowser, signIn, type Visit, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

let world: World;
let room: ReturnType<typeof openRoom>;
let served: Served;
let visited: Visit;
let page: Page;
/** The function itself over stores in memory; people are those of the scripted pool. */
const openApi: OpenApi = (whoHas, media) => {
  world = openWorld({ media: `${media}/clip`, now: () => new Date() });
  room = openRoom(() => world.neighbours);
  return serve(room, (token) => {
    const who = whoHas(token);
    return who && person(who.name, `role:${who.role}`, 'tenant:*');
  });
};
beforeEach(async () => {
  served = await serveConsole(0, undefined, openApi);
  visited = await visit(browser, served.address);
  page = visited.page;
});
afterEach(async () => {
  await visited.context.close();
  await served.stop();
  expect(visited.complaints).toEqual([]);
});

const dock = () => page.getByRole('region', { name: /Your decision|Answer/ });

it('answers a question of the real review room, and wakes the machine that waited for it', async () => {
  await world.ask(1, { doubts: ['brand-ip'] });
  await world.ask(2);
  await signIn(page, 'ada');
  await page.getByRole('grid').getByText('Spring Roast').first().click();
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByText('You hold it').waitFor();
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByLabel('Comment').fill('Ours.');
  await page.keyboard.press('Control+Enter');
  await dock().getByText('Approved', { exact: true }).waitFor();
  const [answered] = [...world.tokens.answers.values()];
  expect(answered).toMatchObject({ outcome: 'approved', reviewer: 'ada', reason: 'Ours.' });
  await dock().getByText('Most urgent for you now').waitFor();
});

it('sends a shot back through the real review room', async () => {
  await world.ask(1);
  await signIn(page, 'ada', `/#/review/${jobOf('acme', 1)}/preview/decision`);
  await dock().waitFor();
  await page.keyboard.press('w');
  await page.getByLabel('What should change').fill('The steam flickers.');
  await page.getByRole('button', { name: 'Send back 1 shot' }).click();
  await dock().getByText('Sent back', { exact: true }).waitFor();
  expect([...world.tokens.answers.values()]).toMatchObject([{ outcome: 'rework', rework: { take: 2, shots: [{ shot: 0, take: 2 }] } }]);
});

it('hears from the real review room that somebody was faster', async () => {
  await world.ask(1);
  await signIn(page, 'ada', `/#/review/${jobOf('acme', 1)}/preview/decision`);
  await dock().waitFor();
  await page.keyboard.press('a');
  await page.getByLabel('Comment').fill('fine');
  const path = `/api/reviews/${jobOf('acme', 1)}/preview/decision/decision`;
  await call(room, person('ines', 'role:reviewer', 'tenant:acme'), {
    method: 'POST',
    path,
    body: JSON.stringify({ outcome: 'rejected', round: 1, reason: 'Wrong cup.' }),
  });
  await page.keyboard.press('Control+Enter');
  await dock().getByText('Somebody decided first').waitFor();
});

it('shows the numbers and rules of the real review room', async () => {
  await world.ask(1);
  await signIn(page, 'root', '/#/dashboard');
  await page.getByText('Answered in time').waitFor();
  await page.getByRole('button', { name: 'Suspend low-risk-loop' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Two misses.');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('Suspended', { exact: true }).waitFor();
});
