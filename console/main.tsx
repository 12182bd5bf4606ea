import { render } from 'preact';
import * as z from 'zod';
import { ConsoleConfig } from '#contracts/review-api';
import { App } from './app/app.tsx';
import './app/settings.ts';
import './style/console.css';
import { Notice } from './ui/notice.tsx';

// Zod would compile its parsers with `new Function`, which the page's security policy forbids.
z.config({ jitless: true });

async function start(root: HTMLElement): Promise<void> {
  const config = await fetch('config.json', { cache: 'no-store' })
    .then((response) => response.json())
    .then((body: unknown) => ConsoleConfig.parse(body))
    .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (config instanceof Error) {
    render(
      <main class="waiting">
        <h1 class="unseen">Framewright review</h1>
        <Notice tone="bad" title="The console does not know where its neighbours are">
          Expected config.json beside this page with the addresses of the API and the user pool. Reload; if that does not help, deploy the
          review stack again.
        </Notice>
      </main>,
      root,
    );
    return;
  }
  render(<App config={config} />, root);
}

const root = document.getElementById('root');
if (root) void start(root);
