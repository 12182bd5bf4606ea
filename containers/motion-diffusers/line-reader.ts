/** A line longer than this is not ours: the longest message is a refusal of a few hundred characters. */
const LONGEST = 64 * 1024;

/** Cuts a stream of text into lines; calls `overlong` once, and nothing after it, when a line never ends. */
export function lineReader(line: (text: string) => void, overlong: (start: string) => void): (chunk: string) => void {
  let rest = '';
  let broken = false;
  return (chunk) => {
    if (broken) return;
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') line(part);
    if (rest.length <= LONGEST) return;
    broken = true;
    overlong(rest.slice(0, 80));
  };
}
