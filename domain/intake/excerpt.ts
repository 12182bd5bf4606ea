/** Longest text that an excerpt of hostile input may take in an event, a note or a log line. */
export const MAX_EXCERPT = 120;

const ELLIPSIS = '...';

/** Shortens by whole characters and replaces everything unprintable, so that an excerpt can never break a terminal, a log or a page. */
export function printable(text: string, max = MAX_EXCERPT): string {
  // 2 * max UTF-16 units hold at least max characters: a megabyte of input is never walked.
  const visible = text.slice(0, 2 * max).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (hidden) => `\\u{${hidden.codePointAt(0)?.toString(16)}}`);
  const characters = [...visible];
  if (characters.length <= max && text.length <= 2 * max && visible.length <= max) return visible;
  let kept = '';
  for (const character of characters) {
    if (kept.length + character.length > max - ELLIPSIS.length) break;
    kept += character;
  }
  return `${kept}${ELLIPSIS}`;
}

/** What was found, for a person: JSON for values, a count for what is too large to show. */
export function excerpt(value: unknown, max = MAX_EXCERPT): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).length} keys`;
  return typeof value === 'string' ? quote(value, max) : String(value);
}

const quote = (text: string, max: number): string => `"${printable(text, max - 2)}"`;

/** `storyboard[2].seconds`; the whole brief is `$`. Parts that are not plain names are quoted and shortened. */
export function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '$';
  const text = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    const name = String(part);
    if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return before === '' ? name : `${before}.${name}`;
    return `${before}["${printable(name, 64)}"]`;
  }, '');
  return printable(text, 400); // twelve levels of short names fit; longer ones are an attack on the reader
}
