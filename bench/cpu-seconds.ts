import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second for /proc on every architecture Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * User and system CPU seconds of this process and of all its children that have ended. Wall time on a shared machine varies
 * twofold, CPU seconds by a few percent.
 */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childrenSeconds();
}

function childrenSeconds(): number {
  let stat: string;
  try {
    stat = readFileSync('/proc/self/stat', 'utf8');
  } catch (error) {
    throw new Error('expected /proc/self/stat, found none: benchmarks of CPU seconds run on Linux', { cause: error });
  }
  // The second field is the program's name in parentheses and may hold spaces; cutime and cstime are the 14th and 15th after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

/** Runs `work` and says what it used. */
export async function measured(work: () => Promise<void>): Promise<{ cpu: number; wall: number }> {
  const cpu = cpuSeconds();
  const wall = performance.now();
  await work();
  return { cpu: cpuSeconds() - cpu, wall: (performance.now() - wall) / 1000 };
}
