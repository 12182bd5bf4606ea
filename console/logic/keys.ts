/** What a key does, by page. The help dialog and the listener read the same list, so neither can lie. */
export interface KeyBinding {
  /** `KeyboardEvent.key`, lower case; several do the same. */
  readonly keys: readonly string[];
  readonly does: string;
  readonly action: Action;
}

export type Action =
  | 'help'
  | 'escape'
  | 'go-queue'
  | 'go-dashboard'
  | 'next-row'
  | 'previous-row'
  | 'open'
  | 'select'
  | 'claim'
  | 'release'
  | 'search'
  | 'update'
  | 'approve'
  | 'reject'
  | 'rework'
  | 'play'
  | 'frame-back'
  | 'frame-forward'
  | 'span-back'
  | 'span-forward'
  | 'note'
  | 'next-question';

const binding = (action: Action, does: string, ...keys: string[]): KeyBinding => ({ action, does, keys });

export const EVERYWHERE: readonly KeyBinding[] = [
  binding('help', 'Show these keys', '?'),
  binding('go-queue', 'Go to the queue', 'g'),
  binding('go-dashboard', 'Go to the dashboard', 'd'),
  binding('escape', 'Close, cancel, or go back', 'escape'),
];
export const IN_QUEUE: readonly KeyBinding[] = [
  binding('next-row', 'Next question', 'j', 'arrowdown'),
  binding('previous-row', 'Previous question', 'k', 'arrowup'),
  binding('open', 'Open it', 'enter'),
  binding('claim', 'Claim it', 'c'),
  binding('release', 'Release it', 'l'),
  binding('select', 'Select it (leads)', 'x'),
  binding('update', 'Bring the list up to date', 'u'),
  binding('search', 'Search', '/'),
];
export const IN_REVIEW: readonly KeyBinding[] = [
  binding('claim', 'Claim, or hold the claim longer', 'c'),
  binding('release', 'Release the claim', 'l'),
  binding('approve', 'Approve (agree, in an audit)', 'a'),
  binding('reject', 'Reject (disagree, in an audit)', 'r'),
  binding('rework', 'Send back for rework', 'w'),
  binding('note', 'Pin a note to this frame', 'n'),
  binding('play', 'Play or pause', ' '),
  binding('frame-back', 'One frame back', ',', 'arrowleft'),
  binding('frame-forward', 'One frame forward', '.', 'arrowright'),
  binding('span-back', 'Previous flagged span', '['),
  binding('span-forward', 'Next flagged span', ']'),
  binding('next-question', 'Next urgent question', 'j'),
];

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
  enter: 'Enter',
  escape: 'Esc',
};
export const keyName = (key: string): string => NAMES[key] ?? key;

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Where the focus is: in a field letters are text, and on a control Space, Enter and arrows are its own. */
export type Focus = 'field' | 'control' | 'page';
/** `[role]`s and elements use these themselves. */
const OF_CONTROLS: readonly string[] = [' ', 'enter', 'arrowup', 'arrowdown', 'arrowleft', 'arrowright'];

/** What a key press means here, or nothing. Modified keys belong to the browser. */
export function actionOf(press: KeyPress, focus: Focus, bindings: readonly KeyBinding[]): Action | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey) return undefined;
  const key = press.key.toLowerCase();
  if (focus === 'field' && key !== 'escape') return undefined;
  if (focus === 'control' && OF_CONTROLS.includes(key)) return undefined;
  return bindings.find(({ keys }) => keys.includes(key))?.action;
}
