import { useEffect, useRef } from 'preact/hooks';
import { type Action, actionOf, type Focus, type KeyBinding } from '../logic/keys.ts';
import { setting } from './settings.ts';

const FIELDS = 'input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]';
const CONTROLS = 'button, a[href], summary, input, [role=slider], [role=tab], [role=separator], [data-keys=own]';

const focusOf = (target: EventTarget | null): Focus => {
  if (!(target instanceof Element)) return 'page';
  if (target.closest(FIELDS)) return 'field';
  return target.closest(CONTROLS) ? 'control' : 'page';
};

/** Single letters can be switched off, for people whose speech or switch input types letters. */
export const lettersOn = setting('keys', ['on', 'off']);

/** Listens for the keys of a page. An open dialog keeps the keyboard to itself. */
export function useKeys(bindings: readonly KeyBinding[], act: (action: Action) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (lettersOn.get() === 'off' && event.key.length === 1) return;
      const action = actionOf(event, focusOf(event.target), bindings);
      if (action && latest.current(action)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [bindings]);
}
