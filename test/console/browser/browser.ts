import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Page, chromium as playwright } from 'playwright-core';

/** No sandbox, since the tests may run as root, and no GPU; everything else as a person has it: one process a site, web security on. */
const FLAGS = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--hide-scrollbars',
  '--autoplay-policy=no-user-gesture-required',
];

export const openBrowser = async (): Promise<Browser> =>
  playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS, headless: true });

export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: exceptions, and whatever the security policy refused. */
  readonly complaints: string[];
}

export async function visit(
  browser: Browser,
  address: string,
  scheme: 'dark' | 'light' = 'dark',
  size = { width: 1440, height: 900 },
): Promise<Visit> {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: 'reduce', baseURL: address });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser reports every answer that is not 2xx; tests that provoke them look at the page instead.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  return { context, page, complaints };
}

export async function signIn(page: Page, name: string, path = '/'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('Name or e-mail').fill(name);
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Violation {
  readonly id: string;
  readonly help: string;
  readonly where: readonly string[];
}

/** What axe finds on the page as it is now, WCAG 2.2 AA and its own best practices. */
export async function violations(page: Page): Promise<Violation[]> {
  // The page's policy forbids added scripts; the debugger's own context does not ask it.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const axe: {
      run(options: object): Promise<{ violations: { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>;
    } = Reflect.get(window, 'axe');
    const { violations: found } = await axe.run({ resultTypes: ['violations'] });
    return found.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
    }));
  });
}
