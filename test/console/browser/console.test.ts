import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Served, serveConsole } from '../room/server.ts';
import { openBrowser, signIn, type Visit, visit } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, 120_000);
afterAll(() => browser?.close());

let served: Served;
let visited: Visit;
let page: Page;
beforeEach(async () => {
  served = await serveConsole(40);
  visited = await visit(browser, served.address);
  page = visited.page;
});
afterEach(async () => {
  await visited.context.close();
  await served.stop();
  expect(visited.complaints).toEqual([]);
});

const addressOf = (item: { jobId: string; subject: string; kind: string }): string =>
  `/#/review/${item.jobId}/${item.subject}/${item.kind}`;
const clipItem = (place = 0) =>
  served.room.waiting().filter(({ subject, kind, needsSecond }) => subject !== 'brief' && kind === 'decision' && !needsSecond)[place]!;
const dock = () => page.getByRole('region', { name: /Your decision|Was the rule right|Answer/ });

describe('signing in', () => {
  it('says what to do after a wrong password, and lets the right one in', async () => {
    await page.goto('/');
    await page.getByLabel('Name or e-mail').fill('ada');
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('do not fit together').waitFor();
    expect(await page.getByLabel('Password').evaluate((input) => input === document.activeElement)).toBe(true);
    await page.getByLabel('Password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByRole('grid').waitFor();
  });

  it('asks for a password of one’s own when the first was temporary', async () => {
    await page.goto('/');
    await page.getByLabel('Name or e-mail').fill('nova');
    await page.getByLabel('Password').fill('temporary');
    await page.keyboard.press('Enter');
    await page.getByLabel('New password').fill('short');
    await page.getByLabel('The same again').fill('short');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('too weak').waitFor();
    await page.getByLabel('New password').fill('four words do very well');
    await page.getByLabel('The same again').fill('four words do very well');
    await page.keyboard.press('Enter');
    await page.getByRole('grid').waitFor();
  });

  it('asks for the code of an app', async () => {
    await page.goto('/');
    await page.getByLabel('Name or e-mail').fill('mia');
    await page.getByLabel('Password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Code' }).fill('000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('not right').waitFor();
    await page.getByRole('textbox', { name: 'Code' }).fill('123456');
    await page.keyboard.press('Enter');
    await page.getByRole('grid').waitFor();
  });

  it('keeps a session over a reload and ends it on demand', async () => {
    await signIn(page, 'ada');
    await page.reload();
    await page.getByRole('grid').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Name or e-mail').waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  });
});

describe('the queue', () => {
  it('shows the most urgent first and filters by what is typed and chosen', async () => {
    await signIn(page, 'ada');
    const first = served.room.waiting()[0]!;
    const rows = page.getByRole('grid').locator('.row');
    expect(await rows.first().textContent()).toContain(first.product);
    await page.getByLabel('Search the queue').fill('radio heritage');
    await expect.poll(() => rows.allTextContents().then((texts) => texts.every((text) => text.includes('Pocket Field Radio')))).toBe(true);
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Kind').selectOption('audit');
    await expect.poll(() => page.locator('#queue-count').textContent()).toContain('of 40');
    await page.getByLabel('Search the queue').fill('nothing of the kind');
    await page.getByRole('heading', { name: 'Nothing fits these filters' }).waitFor();
  });

  it('announces what came and went, and moves nothing under the cursor until asked', async () => {
    await signIn(page, 'ada');
    const grid = page.getByRole('grid');
    await grid.locator('.row').nth(3).hover();
    const before = await grid.locator('.row .what a').allTextContents();
    const [gone] = served.room.waiting();
    served.room.decideAs(gone!, 'ines', 'approved', 'fine');
    served.room.change({ ...served.room.add(900), deadlineAt: new Date(Date.now() + 1000).toISOString() }, {});
    await page.getByRole('button', { name: /Show 1 new, 1 answered/ }).waitFor();
    expect(await grid.locator('.row .what a').allTextContents()).toEqual(before);
    expect(await grid.locator('.row.gone').count()).toBe(1);
    await page.keyboard.press('u');
    await expect.poll(() => grid.locator('.row.gone').count()).toBe(0);
  });

  it('says that it may be old while the server does not answer, and recovers', async () => {
    await signIn(page, 'ada');
    await page.getByRole('grid').waitFor();
    served.room.break(true);
    await page.getByText('This list may be old').waitFor();
    served.room.break(false);
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByText('This list may be old').waitFor({ state: 'detached' });
  });

  it('lets a lead choose several with Shift and answer them with one reason', async () => {
    await signIn(page, 'lea');
    const boxes = page.getByRole('checkbox');
    await boxes.nth(2).click();
    await boxes.nth(4).click({ modifiers: ['Shift'] });
    await page.getByText('3 questions selected').waitFor();
    await page.getByRole('button', { name: 'Reject…' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('The campaign was called off.');
    await page.getByRole('dialog').getByRole('button', { name: 'Reject 3' }).click();
    await expect.poll(() => served.room.decisions.length).toBe(3);
    expect(served.room.decisions.map(({ body }) => [body.outcome, body.reason])).toEqual(
      Array(3).fill(['rejected', 'The campaign was called off.']),
    );
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('offers no selection to a reviewer', async () => {
    await signIn(page, 'ada');
    await page.getByRole('grid').waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
  });
});

describe('a review', () => {
  it('is claimed, its flagged span looked at with the box on the picture, and approved; then the next is offered', async () => {
    const item = clipItem();
    await signIn(page, 'ada', addressOf(item));
    await page.getByRole('button', { name: 'Claim' }).click();
    await page.getByText('You hold it').waitFor();
    await page
      .locator('.reasons')
      .getByRole('button', { name: /A round mark/ })
      .click();
    await page.locator('.boxes .seen').getByText('Brand & IP 71').waitFor();
    const at = await page.locator('video').evaluate((video) => (video instanceof HTMLVideoElement ? video.currentTime : -1));
    expect(at).toBeGreaterThanOrEqual(4.16);
    expect(at).toBeLessThan(4.25);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Comment').fill('The mark is ours.');
    await page.locator('.decide').getByRole('button', { name: 'Approve' }).click();
    await dock().getByText('Approved', { exact: true }).waitFor();
    expect(served.room.decisions).toMatchObject([
      { by: 'ada', body: { outcome: 'approved', reason: 'The mark is ours.', round: item.round } },
    ]);
    await dock().getByText('Most urgent for you now').waitFor();
    await page.keyboard.press('j');
    await expect.poll(() => page.url()).not.toContain(item.jobId);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  it('is stepped frame by frame', async () => {
    await signIn(page, 'ada', addressOf(clipItem()));
    await page.getByText('frame 0 of 360').waitFor();
    for (const key of ['.', '.', '.', ',']) await page.keyboard.press(key);
    await page.getByText('frame 2 of 360').waitFor();
    const slider = page.getByRole('slider', { name: 'Position in the clip' });
    await slider.focus();
    await page.keyboard.press('PageDown');
    await page.getByText('frame 72 of 360').waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toContain('shot 2');
    await page.keyboard.press(']');
    await page.getByText('frame 100 of 360').waitFor();
  });

  it('cannot be rejected without a reason', async () => {
    await signIn(page, 'ada', addressOf(clipItem()));
    await page.getByRole('button', { name: 'Reject' }).click();
    await page.locator('.decide').getByRole('button', { name: 'Reject' }).click();
    await page.getByRole('alert').getByText('Say why').waitFor();
    expect(served.room.decisions).toEqual([]);
    await page.getByLabel('Reason').fill('Not our cup.');
    await page.locator('.decide').getByRole('button', { name: 'Reject' }).click();
    await dock().getByText('Rejected', { exact: true }).waitFor();
    expect(served.room.decisions).toMatchObject([{ body: { outcome: 'rejected', reason: 'Not our cup.' } }]);
  });

  it('is sent back with a note on a frame, a box on the picture and new words for its shot', async () => {
    await signIn(page, 'ada', addressOf(clipItem()));
    await dock().waitFor();
    await page.keyboard.press(']');
    await page.getByText('frame 100 of 360').waitFor();
    await page.keyboard.press('w');
    await page.getByLabel('What should change').fill('Leave the side of the cup plain.');
    const area = (await page.locator('.drawing').boundingBox())!;
    await page.mouse.move(area.x + area.width * 0.25, area.y + area.height * 0.25);
    await page.mouse.down();
    await page.mouse.move(area.x + area.width * 0.5, area.y + area.height * 0.75, { steps: 3 });
    await page.mouse.up();
    await page.getByText('New words for the shot').click();
    await page.getByLabel(/Instead of/).fill('The cup before a referendum poster');
    await page.getByLabel('Regenerate one shot').selectOption({ index: 4 });
    await page.getByLabel('What should change').fill('Another try, please.');
    await page.getByRole('button', { name: 'Send back 2 shots' }).click();
    await page.getByRole('alert').getByText('refused').waitFor();
    await page.getByRole('button', { name: /Leave the side/ }).click();
    await page.getByLabel(/Instead of/).fill('The cup, plain, in a slow sweep of light');
    await page.getByRole('button', { name: 'Send back 2 shots' }).click();
    await dock().getByText('Sent back', { exact: true }).waitFor();
    const [decision] = served.room.decisions;
    expect(decision?.body).toMatchObject({
      outcome: 'rework',
      notes: [
        { shot: 1, text: 'Leave the side of the cup plain.', description: 'The cup, plain, in a slow sweep of light' },
        { shot: 3, text: 'Another try, please.' },
      ],
    });
    const box = decision?.body.notes[0]?.box;
    expect(box?.x).toBeCloseTo(0.25, 1);
    expect(box?.height).toBeCloseTo(0.5, 1);
  });

  it('says who decided first, and that one’s own answer was not recorded', async () => {
    const item = clipItem();
    await signIn(page, 'ada', addressOf(item));
    await dock()
      .getByRole('button', { name: /^Approve/ })
      .waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('Comment').fill('fine');
    served.room.decideAs(item, 'ines', 'rejected', 'Wrong cup.');
    await page.keyboard.press('Control+Enter');
    await dock().getByText('Somebody decided first').waitFor();
    await dock()
      .getByText(/ines decided: rejected.*Wrong cup.*not recorded/)
      .waitFor();
  });

  it('says who holds it, and that a newer round is here', async () => {
    const [held, changed] = [clipItem(0), clipItem(1)];
    served.room.claimAs(held, 'ines');
    await signIn(page, 'ada', addressOf(held));
    await page.getByText('ines holds it').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true);
    await page.goto(addressOf(changed));
    await page.getByRole('heading', { level: 1, name: changed.product }).waitFor();
    await page.keyboard.press('a');
    served.room.change(changed, { round: changed.round + 1 });
    await page.keyboard.press('Control+Enter');
    await dock().getByText('A newer version is here').waitFor();
    expect(served.room.decisions).toEqual([]);
  });

  it('needs a second person where two have to agree', async () => {
    const item = served.room.waiting().find(({ needsSecond, subject, kind }) => needsSecond && subject !== 'brief' && kind === 'decision')!;
    await signIn(page, 'ada', addressOf(item));
    await dock().getByText('Two people have to approve').waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Control+Enter');
    await dock().getByText('one more is needed').waitFor();
    served.room.decideAs(item, 'ines', 'approved', 'I agree');
    expect(served.room.decisions.map(({ by }) => by)).toEqual(['ada', 'ines']);
  });

  it('of an audit asks whether the rule was right', async () => {
    const audit = served.room.waiting().find(({ kind }) => kind === 'audit')!;
    await signIn(page, 'ada', addressOf(audit));
    await page.getByRole('heading', { name: 'Was the rule right?' }).waitFor();
    expect(await page.getByRole('button', { name: 'Rework' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Disagree' }).click();
    await page.getByLabel('Reason').fill('It missed the mark on the cup.');
    await page.getByRole('button', { name: 'Disagree and suspend the rule' }).click();
    await dock().getByText('You disagreed with the rule').waitFor();
  });

  it('of a brief shows the storyboard and the product, without a player', async () => {
    const brief = served.room.waiting().find(({ subject, kind }) => subject === 'brief' && kind === 'decision')!;
    await signIn(page, 'ada', addressOf(brief));
    await page.getByRole('heading', { name: 'The brief', exact: true }).waitFor();
    expect(await page.locator('video').count()).toBe(0);
    await page.getByText('health-claims').waitFor();
    expect(await page.getByRole('button', { name: 'Rework' }).count()).toBe(0);
  });

  it('keeps what was written when the session ends in the middle', async () => {
    await signIn(page, 'ada', addressOf(clipItem()));
    await dock().waitFor();
    await page.keyboard.press('r');
    await page.getByLabel('Reason').fill('A long and careful explanation.');
    served.pool.expire(true);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Your session ended').waitFor();
    await page.getByLabel('Name or e-mail').fill('ada');
    await page.getByLabel('Password').fill('correct horse');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Reason').inputValue()).toBe('A long and careful explanation.');
    await page.locator('.decide').getByRole('button', { name: 'Reject' }).click();
    await dock().getByText('Rejected', { exact: true }).waitFor();
  });

  it('keeps its claim while somebody works on it', async () => {
    const item = clipItem();
    const soon = new Date(Date.now() + 200_000).toISOString();
    served.room.change(item, { claim: { reviewer: 'ada', at: new Date().toISOString(), until: soon } });
    await signIn(page, 'ada', addressOf(item));
    await page.getByText('You hold it').waitFor();
    await page.keyboard.press('.');
    const until = () => served.room.waiting().find(({ jobId }) => jobId === item.jobId)?.claim?.until ?? '';
    await expect.poll(() => until() > soon).toBe(true);
  });

  it('renews an old token without a word', async () => {
    await signIn(page, 'ada');
    await page.getByRole('grid').waitFor();
    served.pool.expire(false);
    await page.goto(addressOf(clipItem()));
    await page.getByRole('heading', { name: 'Your decision' }).waitFor();
  });
});

it('goes from sign-in to a decision and back by keyboard alone', async () => {
  await page.goto('/');
  await page.getByLabel('Name or e-mail').waitFor();
  await page.keyboard.type('ada');
  await page.keyboard.press('Tab');
  await page.keyboard.type('correct horse');
  await page.keyboard.press('Enter');
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('j');
  await page.keyboard.press('c');
  await expect.poll(() => page.locator('.row.active').textContent()).toContain('You');
  await page.keyboard.press('Enter');
  await page.getByText('You hold it').waitFor();
  await page.keyboard.press('w');
  await page.keyboard.type('Calmer light, please.');
  await page.keyboard.press('Escape');
  await page.getByLabel('What should change').waitFor({ state: 'detached' });
  await page.keyboard.press('w');
  await page.getByRole('button', { name: /Calmer light/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => served.room.decisions.length).toBe(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.getByLabel('Reason').waitFor();
  await page.keyboard.type('Not this one.');
  await page.keyboard.press('Control+Enter');
  await dock().getByText('Rejected', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('grid').waitFor();
});

it('shows an admin the numbers and lets them suspend a rule', async () => {
  await signIn(page, 'root', '/#/dashboard');
  await page.getByText('Answered in time').waitFor();
  await page.getByText('As a table').click();
  await page.getByRole('columnheader', { name: 'Expired' }).waitFor();
  await page.getByRole('button', { name: 'Suspend low-risk-loop' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Two misses this week.');
  await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await page.getByText('Suspended', { exact: true }).waitFor();
  await page.getByText('Today').click();
  await expect.poll(() => page.locator('.chart rect').count()).toBeGreaterThan(40);
});

describe('several of a campaign side by side', () => {
  /** Three plain previews of one look; the first is the question that is opened. */
  const alike = () => {
    const look = 'a'.repeat(64);
    return [901, 902, 903].map((n) => {
      const item = served.room.add(n);
      const plain = {
        subject: 'preview' as const,
        kind: 'decision' as const,
        round: 1,
        categories: [],
        risk: 'low' as const,
        needsSecond: false,
      };
      served.room.remove(item);
      const one = { ...item, ...plain, look, tenant: 'acme', campaign: 'coffee-spring', product: `Roast ${n}`, earlier: [] };
      served.room.change(one, {});
      return one;
    });
  };

  it('is offered on the question’s page, needs every clip watched, and leaves out what does not fit', async () => {
    const [lead, other, odd] = alike();
    await signIn(page, 'ada', addressOf(lead!));
    await page.getByRole('link', { name: 'See them side by side' }).click();
    await page.getByRole('heading', { name: 'Side by side' }).waitFor();
    const cards = page.locator('.sheet-clip');
    await cards.nth(2).waitFor();
    const approve = page.getByRole('button', { name: /^Approve/ });
    expect(await approve.isDisabled()).toBe(true);
    await page.getByText('3 clips not watched to the end yet.').waitFor();
    await cards.filter({ hasText: 'Roast 903' }).getByRole('button', { name: 'Leave out' }).click();
    await page.getByText('2 clips not watched to the end yet.').waitFor();
    await page.locator('video').evaluateAll((videos) => {
      for (const video of videos) video.dispatchEvent(new Event('ended'));
    });
    await expect.poll(() => served.room.find(lead!)?.claim?.reviewer).toBe('ada');
    await page.getByRole('button', { name: 'Approve 2 clips' }).click();
    await page.getByText('2 approved, 1 left out').first().waitFor();
    await page.getByRole('heading', { name: 'Roast 903' }).waitFor(); // what was left out is next, by itself
    expect([lead, other, odd].map((one) => served.room.find(one!)?.status)).toEqual(['approved', 'approved', 'waiting']);
    expect(await page.getByRole('link', { name: 'See them side by side' }).count()).toBe(0);
  });

  it('shows what came meanwhile at the end, and keeps what was done', async () => {
    const [lead] = alike();
    await signIn(page, 'ada', addressOf(lead!).replace('/review/', '/together/'));
    const cards = page.locator('.sheet-clip');
    await cards.nth(2).waitFor();
    await cards.first().getByRole('button', { name: 'Leave out' }).click();
    const { jobId } = served.room.add(950);
    const { subject, kind } = lead!;
    served.room.remove({ ...lead!, jobId, subject, kind });
    served.room.change({ ...lead!, jobId, product: 'Roast 950', claim: undefined }, {});
    await expect.poll(() => cards.count(), { timeout: 12_000 }).toBe(4);
    expect(await cards.first().getByRole('button', { name: 'Leave out' }).getAttribute('aria-pressed')).toBe('true');
    expect(await cards.last().textContent()).toContain('Roast 950');
  });
});
