import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { EVERYWHERE } from '../logic/keys.ts';
import type { Route } from '../logic/route.ts';
import type { QueueState } from '../queue/queue-store.ts';
import { Button } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Initials } from '../ui/marks.tsx';
import { useRoom } from './context.ts';
import { Help } from './help.tsx';
import { useKeys } from './keyboard.ts';
import { go } from './route.ts';
import { theme } from './settings.ts';
import { useStore } from './store.ts';

const waiting = (state: QueueState) => (state.status === 'ready' ? state.total : undefined);
const chosen = (value: 'system' | 'light' | 'dark') => value;
const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' } as const;
const THEME_ICON: Readonly<Record<'system' | 'light' | 'dark', IconName>> = { system: 'system', light: 'sun', dark: 'moon' };

export const ThemeSwitch = () => {
  const now = useStore(theme, chosen);
  return (
    <Button
      look="quiet"
      icon={THEME_ICON[now]}
      label={`Colours: ${now}. Change to ${NEXT_THEME[now]}`}
      onClick={() => theme.set(NEXT_THEME[now])}
    />
  );
};

export const Wordmark = () => (
  <span class="wordmark">
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <rect x="1" y="3" width="18" height="14" rx="3" />
      <path d="M6 7.2v5.600l3.600-2.800L6 7.2ZM11.500 7.500h4M11.500 10h4M11.500 12.500h2.500" />
    </svg>
    Framewright
  </span>
);

const Place = ({ to, icon, current, children }: { to: string; icon: IconName; current: boolean; children: ComponentChildren }) => (
  <a href={to} class="place" aria-current={current ? 'page' : undefined}>
    <Icon name={icon} />
    {children}
  </a>
);

/** The frame around every page: where one is, who one is, which environment this is. */
export function Shell({ page, signOut, children }: { page: Route['page']; signOut(): void; children: ComponentChildren }) {
  const { me, config, queue } = useRoom();
  const [help, setHelp] = useState(false);
  const total = useStore(queue, waiting);
  useKeys(EVERYWHERE, (action) => {
    if (action === 'help') setHelp(true);
    else if (action === 'go-queue') go('#/queue');
    else if (action === 'go-dashboard') go('#/dashboard');
    else return false;
    return true;
  });
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the page
      </button>
      <header class="top">
        <Wordmark />
        <nav aria-label="Pages">
          <Place to="#/queue" icon="queue" current={page !== 'dashboard'}>
            Queue
            {total !== undefined && <span class="count">{total.toLocaleString('en-US')}</span>}
          </Place>
          <Place to="#/dashboard" icon="dashboard" current={page === 'dashboard'}>
            Dashboard
          </Place>
        </nav>
        <span class="stretch" />
        <span class={`environment ${config.environment === 'local' ? '' : 'real'}`} title="The environment that decisions act on">
          {config.environment}
        </span>
        <Button look="quiet" icon="help" label="Keys" shortcut="?" onClick={() => setHelp(true)} />
        <ThemeSwitch />
        <span class="person">
          <Initials name={me.name} />
          <span class="name">
            {me.name}
            <small>{me.role}</small>
          </span>
        </span>
        <Button look="quiet" icon="out" label="Sign out" onClick={signOut} />
      </header>
      <main id="main" tabIndex={-1} class={`page ${page}`}>
        {children}
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
    </>
  );
}
