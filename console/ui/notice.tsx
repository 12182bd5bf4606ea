import type { ComponentChildren } from 'preact';
import type { Told } from '../logic/answers.ts';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Readonly<Record<Told['tone'], IconName>> = { good: 'check', info: 'eye', warn: 'warn', bad: 'warn' };

/** Something the reader should know, in place. */
export const Notice = ({ tone, title, children }: { tone: Told['tone']; title: string; children?: ComponentChildren }) => (
  <div class={`notice ${tone}`}>
    <Icon name={ICONS[tone]} />
    <div>
      <strong>{title}</strong>
      {children && <div class="notice-body">{children}</div>}
    </div>
  </div>
);
