import type { Channel } from '#domain/ports';

/** Longest text that is read on into the next one of its kind: a caption. Longer ones are sentences that stand for themselves. */
const SHORT_TEXT = 120;

/** Captions follow each other on the screen, so words and sentences may be spread over them: "KILL", "THEM", "ALL". Rows of one kind, in order. */
export function captionRows(channels: readonly Channel[]): Channel[][] {
  const kinds = Map.groupBy(
    channels.filter(({ text }) => text.length <= SHORT_TEXT),
    ({ name }) => name.replace(/\d+/g, ''),
  );
  return [...kinds.values()].filter((row) => row.length > 1);
}

/** A row as one text. */
export const readOn = (row: readonly Channel[]): Channel => ({
  name: `${row[0]?.name} to ${row.at(-1)?.name}`,
  text: row.map(({ text }) => text.trim()).join(' '),
});
