import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Served, serveConsole } from '../room/server.ts';
import { openBrowser, signIn, visit } from './browser.ts';

let browser: Browser;
let served: Served;
beforeAll(async () => {
  browser = await openBrowser();
  served = await serveConsole(10_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await served?.stop();
});

/** One frame at 60 a second. */
const FRAME_MS = 1000 / 60;
const FRAMES = 240;

it('scrolls through 10,000 questions with less than a frame of work in each', async () => {
  const { context, page } = await visit(browser, served.address);
  await signIn(page, 'lea');
  await expect.poll(() => page.locator('#queue-count').textContent(), { timeout: 30_000 }).toContain('10,000');
  // Time that the page's own thread ran, not time that passed: a machine that does other things meanwhile is not the list's doing.
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const before = await worked();
  const { gaps, rows, covered } = await page.evaluate(async (frames) => {
    const grid = document.querySelector('[role=grid]')!;
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    const gaps: number[] = [];
    let last = await frame();
    let rows = 0;
    let covered = true;
    for (let index = 0; index < frames; index++) {
      grid.scrollTop += 180; // three rows a frame: as fast as a hand turns a wheel
      const now = await frame();
      gaps.push(now - last);
      last = now;
      rows = Math.max(rows, grid.querySelectorAll('.row').length);
      const { left, top, height } = grid.getBoundingClientRect();
      covered &&= [0.3, 0.6, 0.95].every((part) => document.elementFromPoint(left + 200, top + height * part)?.closest('.row'));
    }
    return { gaps, rows, covered };
  }, FRAMES);
  const work = ((await worked()) - before) / FRAMES;
  const at = (share: number) => [...gaps].sort((one, other) => one - other)[Math.floor(gaps.length * share)]!;
  console.log(
    `10,000 rows: ${work.toFixed(1)} ms of work a frame; frames apart median ${at(0.5).toFixed(1)} ms, 95 % ${at(0.95).toFixed(1)} ms; ${rows} rows in the document`,
  );
  expect(work).toBeLessThan(FRAME_MS);
  expect(rows).toBeLessThan(60);
  expect(covered).toBe(true);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('.row.active').getAttribute('aria-rowindex')).toBe('10001');
  await context.close();
});
