/** Decisions in bulk are for at most so many: what is clicked for more was not looked at. `BulkBody` refuses more. */
export const MAX_SELECTED = 100;

/** Adds or removes one key. */
export function toggle(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Everything between the row that was chosen last and this one, both included, as shift-click does; up to the limit. */
export function extend(
  selected: ReadonlySet<string>,
  keys: readonly string[],
  anchor: string | undefined,
  key: string,
): ReadonlySet<string> {
  const to = keys.indexOf(key);
  const from = anchor === undefined ? -1 : keys.indexOf(anchor);
  if (from < 0 || to < 0) return toggle(selected, key);
  const between = keys.slice(Math.min(from, to), Math.max(from, to) + 1);
  return new Set([...selected, ...between].slice(0, MAX_SELECTED));
}

/** Drops keys that are no longer in the list. */
export function keepOnly(selected: ReadonlySet<string>, present: ReadonlySet<string>): ReadonlySet<string> {
  const kept = [...selected].filter((key) => present.has(key));
  return kept.length === selected.size ? selected : new Set(kept);
}
