import type { ComponentChildren, Ref } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  /** What a screen reader says; needed when there are no children. */
  readonly label?: string;
  readonly icon?: IconName;
  /** Shown as a small key cap, and told to assistive software. */
  readonly shortcut?: string;
  readonly look?: 'plain' | 'primary' | 'good' | 'bad' | 'warn' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly disabled?: boolean;
  readonly busy?: boolean;
  readonly pressed?: boolean;
  readonly describedBy?: string;
  readonly onClick?: (event: MouseEvent) => void;
  readonly children?: ComponentChildren;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly tabIndex?: number;
}

/** As assistive software spells them. */
const SPELLED: Readonly<Record<string, string>> = { Esc: 'Escape', 'Ctrl ↵': 'Control+Enter' };

export const Button = ({
  label,
  icon,
  shortcut,
  look = 'plain',
  type = 'button',
  busy,
  disabled,
  pressed,
  describedBy,
  ...rest
}: ButtonProps) => (
  <button
    ref={rest.buttonRef}
    type={type}
    class={`button ${look}`}
    aria-label={label}
    title={rest.children ? undefined : label}
    aria-keyshortcuts={shortcut && (SPELLED[shortcut] ?? shortcut)}
    aria-pressed={pressed}
    aria-busy={busy || undefined}
    aria-describedby={describedBy}
    disabled={disabled || busy}
    onClick={rest.onClick}
    tabIndex={rest.tabIndex}
  >
    {icon && <Icon name={icon} />}
    {rest.children && <span>{rest.children}</span>}
    {shortcut && rest.children && (
      <span class="kbd" aria-hidden="true">
        {shortcut}
      </span>
    )}
  </button>
);
