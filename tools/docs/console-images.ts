import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { openBrowser, signIn, visit } from '../../test/console/browser/browser.ts';
import { serveConsole } from '../../test/console/room/server.ts';

/**
 * Pictures of the console for the guide, made from the scripted room. `--clip out/<job>/clip.mp4` shows a clip of the real pipeline,
 * which has to be as long as the example's storyboard. `--only queue-dark,keys` makes some of them.
 */
const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: { clip: { type: 'string' }, out: { type: 'string', default: join(root, 'docs/images') }, only: { type: 'string' } },
});

const served = await serveConsole(120, values.clip);
const browser = await openBrowser();
mkdirSync(values.out, { recursive: true });

const [first, second, third, fourth, , sixth] = served.room.waiting();
if (second) served.room.claimAs(second, 'ines');
if (fourth) served.room.claimAs(fourth, 'tomas');
if (sixth) served.room.claimAs(sixth, 'lea');

/** 1440 by 900 as WebP stays far below 250 kB. */
async function shoot(
  name: string,
  scheme: 'dark' | 'light',
  who: string,
  path: string,
  act: (page: Awaited<ReturnType<typeof visit>>['page']) => Promise<void>,
  size = { width: 1440, height: 900 },
) {
  if (values.only && !values.only.split(',').includes(name)) return;
  const { context, page, complaints } = await visit(browser, served.address, scheme, size);
  await signIn(page, who, path);
  if (path.startsWith('/#/review/')) await page.getByRole('heading', { name: /Your decision|Was the rule/ }).waitFor();
  await act(page);
  await page.waitForTimeout(500); // fonts and the first frame of the clip
  const png = await page.screenshot();
  const { size: bytes } = await sharp(png)
    .webp({ quality: 84 })
    .toFile(join(values.out, `console-${name}.webp`));
  console.log(`console-${name}.webp ${Math.round(bytes / 1000)} kB`, complaints.join('; '));
  await context.close();
}
const question = (item: typeof first, kind = item?.kind): string => `/#/review/${item?.jobId}/${item?.subject}/${kind}`;
const jump = async (page: Awaited<ReturnType<typeof visit>>['page']) => {
  await page
    .getByRole('button', { name: /A round mark/ })
    .first()
    .click();
  await page.waitForTimeout(700);
};

{
  const { context, page } = await visit(browser, served.address, 'light');
  await page.goto('/');
  await page.getByLabel('Name or e-mail').fill('ada');
  await page.waitForTimeout(300);
  await sharp(await page.screenshot())
    .webp({ quality: 84 })
    .toFile(join(values.out, 'console-sign-in.webp'));
  await context.close();
}
await shoot('queue-dark', 'dark', 'lea', '/', async (page) => {
  await page.getByRole('grid').waitFor();
  for (const key of ['j', 'j', 'j']) await page.keyboard.press(key);
});
await shoot('queue-light', 'light', 'lea', '/', async (page) => {
  await page.getByRole('grid').waitFor();
  await page.getByRole('checkbox').nth(2).click();
  await page
    .getByRole('checkbox')
    .nth(5)
    .click({ modifiers: ['Shift'] });
  await page.mouse.move(5, 5);
});
await shoot('review-dark', 'dark', 'ada', question(first), jump);
await shoot('review-light', 'light', 'ada', question(first), async (page) => {
  await jump(page);
  await page.getByRole('tab', { name: /Votes/ }).click();
  await page.evaluate(() => document.querySelector('main')?.scrollTo(0, 420));
});
await shoot('rework', 'dark', 'ada', question(first), async (page) => {
  await page.keyboard.press('c');
  await page.getByText('You hold it').waitFor();
  await jump(page);
  await page.keyboard.press('w');
  await page.getByLabel('What should change').fill('The mark on the cup is not ours: leave the side plain.');
  const stage = await page.locator('.drawing').boundingBox();
  if (stage) {
    await page.mouse.move(stage.x + stage.width * 0.4, stage.y + stage.height * 0.42);
    await page.mouse.down();
    await page.mouse.move(stage.x + stage.width * 0.62, stage.y + stage.height * 0.74, { steps: 4 });
    await page.mouse.up();
  }
});
const audit = served.room.waiting().find(({ kind }) => kind === 'audit');
const brief = served.room.waiting().find(({ subject, kind }) => subject === 'brief' && kind === 'decision');
await shoot('audit', 'light', 'ada', question(audit), jump);
await shoot('brief', 'dark', 'ada', question(brief), async () => undefined);
await shoot(
  'dashboard-dark',
  'dark',
  'root',
  '/#/dashboard',
  async (page) => {
    await page.getByText('Auto-approval rules').waitFor();
  },
  { width: 1440, height: 1180 },
);
await shoot(
  'dashboard-light',
  'light',
  'root',
  '/#/dashboard',
  async (page) => {
    await page.getByText('Auto-approval rules').waitFor();
  },
  { width: 1440, height: 1180 },
);
await shoot('keys', 'dark', 'ada', '/', async (page) => {
  await page.getByRole('grid').waitFor();
  await page.keyboard.press('?');
});
await shoot('decided', 'dark', 'ada', question(third), async (page) => {
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.keyboard.press('Control+Enter');
  await page
    .getByText(/Approved|recorded/)
    .first()
    .waitFor();
});
const alike = [901, 902, 903, 904].map((n) => {
  const item = served.room.add(n);
  served.room.remove(item);
  const asked = { subject: 'preview', kind: 'decision', risk: 'low' } as const;
  const plain = { ...asked, round: 1, categories: [], needsSecond: false, earlier: [] };
  const one = { ...item, ...plain, look: 'a'.repeat(64), tenant: 'acme', campaign: 'coffee-spring', product: `Roast ${n - 900}` };
  served.room.change(one, {});
  return one;
});
await shoot('together', 'dark', 'ada', question(alike[0]).replace('/review/', '/together/'), async (page) => {
  await page.locator('.sheet-clip').nth(3).waitFor();
  await page.locator('.sheet-clip').nth(2).getByRole('button', { name: 'Leave out' }).click();
});
await browser.close();
await served.stop();
