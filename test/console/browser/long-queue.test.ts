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

it('scrolls through 10,000 questions in less than a frame of work each time', async () => {
  const { context, page } = await visit(browser, served.address);
  await signIn(page, 'lea');
  await expect.poll(() => page.locator('#queue-count').textContent(), { timeout: 30_000 }).toContain('10,000');
  const { work, gaps, rows } = await page.evaluate(async () => {
    const grid = document.querySelector('[role=grid]')!;
    const work: number[] = [];
    const gaps: number[] = [];
    let last = 0;
    let rows = 0;
    const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
    for (let index = 0; index < 240; index++) {
      const now = await frame();
      if (last > 0) gaps.push(now - last);
      last = now;
      const started = performance.now();
      grid.scrollTop += 180; // three rows a frame: as fast as a hand turns a wheel
      grid.dispatchEvent(new Event('scroll'));
      await Promise.resolve();
      await Promise.resolve();
      // Reading the layout makes the browser do the work of this frame now, so that it is counted.
      grid.getBoundingClientRect();
      work.push(performance.now() - started);
      rows = Math.max(rows, grid.querySelectorAll('.row').length);
    }
    return { work, gaps, rows };
  });
  const at = (values: number[], share: number) => [...values].sort((one, other) => one - other)[Math.floor(values.length * share)]!;
  console.log(
    `10,000 rows: work a frame median ${at(work, 0.5).toFixed(1)} ms, 95 % ${at(work, 0.95).toFixed(1)} ms; frames apart median ${at(gaps, 0.5).toFixed(1)} ms, 95 % ${at(gaps, 0.95).toFixed(1)} ms; ${rows} rows in the document`,
  );
  expect(rows).toBeLessThan(60);
  // A busy machine stops the browser for longer than a frame now and then, so the promise is about the middle.
  expect(at(work, 0.5)).toBeLessThan(FRAME_MS);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('.row.active').getAttribute('aria-rowindex')).toBe('10001');
  await context.close();
});
