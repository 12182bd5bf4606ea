import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serveConsole } from '../room/server.ts';
import { openBrowser, signIn, violations, visit } from './browser.ts';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  browser = await openBrowser();
  served = await serveConsole(40);
  const plain = served.room.waiting().filter(({ subject, kind }) => subject === 'preview' && kind === 'decision');
  for (const item of plain.slice(-2)) served.room.change(item, { look: 'a'.repeat(64), campaign: 'coffee-spring' });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

const of = (fits: (item: ReturnType<Served['room']['waiting']>[number]) => boolean): string => {
  const item = served.room.waiting().find(fits)!;
  return `/#/review/${item.jobId}/${item.subject}/${item.kind}`;
};
const clip = () => of(({ subject, kind, round }) => subject !== 'brief' && kind === 'decision' && round > 1);

interface Screen {
  readonly name: string;
  readonly who?: string;
  readonly path: () => string;
  readonly act: (page: Page) => Promise<void>;
}

const screens: readonly Screen[] = [
  {
    name: 'queue',
    who: 'lea',
    path: () => '/',
    act: async (page) => {
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.keyboard.press('j');
    },
  },
  {
    name: 'queue without rows',
    who: 'ada',
    path: () => '/',
    act: async (page) => {
      await page.getByLabel('Search the queue').fill('nothing of the kind');
      await page.getByText('Nothing fits').waitFor();
    },
  },
  {
    name: 'keys',
    who: 'ada',
    path: () => '/',
    act: async (page) => {
      await page.getByRole('grid').waitFor();
      await page.keyboard.press('?');
    },
  },
  {
    name: 'review with a note',
    who: 'ada',
    path: clip,
    act: async (page) => {
      await page.getByText('frame 0 of').waitFor();
      await page.keyboard.press(']');
      await page.keyboard.press('w');
      await page.getByRole('button', { name: 'Add a box' }).click();
    },
  },
  ...['Votes', 'Product', 'Quality', 'Cost', 'History', 'Provenance'].map(
    (tab): Screen => ({
      name: `review, ${tab.toLowerCase()}`,
      who: 'ada',
      path: clip,
      act: (page) => page.getByRole('tab', { name: new RegExp(tab) }).click(),
    }),
  ),
  {
    name: 'side by side',
    who: 'ada',
    path: () =>
      of(({ subject, kind, look }) => subject === 'preview' && kind === 'decision' && look !== undefined).replace('review', 'together'),
    act: async (page) => {
      await page.locator('.sheet-clip').first().waitFor();
      await page.getByRole('button', { name: 'Leave out' }).first().click();
    },
  },
  {
    name: 'audit',
    who: 'ada',
    path: () => of(({ kind }) => kind === 'audit'),
    act: (page) => page.getByText('Was the rule right?').waitFor(),
  },
  {
    name: 'brief',
    who: 'ada',
    path: () => of(({ subject, kind }) => subject === 'brief' && kind === 'decision'),
    act: (page) => page.getByText('The brief').first().waitFor(),
  },
  {
    name: 'dashboard',
    who: 'root',
    path: () => '/#/dashboard',
    act: async (page) => {
      await page.getByText('As a table').click();
    },
  },
];

describe.each(['dark', 'light'] as const)('in %s colours', (scheme) => {
  it('axe finds nothing on the sign-in page, with and without a refusal', async () => {
    const { context, page } = await visit(browser, served.address, scheme);
    await page.goto('/');
    await page.getByLabel('Name or e-mail').fill('ada');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('do not fit together').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it('axe finds nothing on any screen behind it', async () => {
    const found: Record<string, unknown> = {};
    for (const who of ['lea', 'ada', 'root']) {
      const { context, page } = await visit(browser, served.address, scheme);
      await signIn(page, who);
      for (const screen of screens.filter((one) => one.who === who)) {
        // A page of its own for every screen, but for the tabs of one question.
        if (!screen.name.startsWith('review, ')) await page.goto('about:blank');
        await page.goto(screen.path());
        await page.getByRole('navigation', { name: 'Pages' }).waitFor();
        await screen.act(page);
        const seen = await violations(page);
        if (seen.length > 0) found[screen.name] = seen;
      }
      await context.close();
    }
    expect(found).toEqual({});
  }, 180_000); // seven seconds alone; a machine that does ten other things takes minutes
});

it('fits a phone without scrolling sideways', async () => {
  const { context, page } = await visit(browser, served.address, 'light', { width: 390, height: 844 });
  await signIn(page, 'ada');
  for (const path of ['/', clip(), '/#/dashboard']) {
    await page.goto(path);
    await page.waitForTimeout(200); // the new page is laid out
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await context.close();
});
