import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Benchmark, rounded } from './figures.ts';

/** Long enough that a leak of one small frame in a hundred would show, short enough to run in a minute. */
const SHORT_SECONDS = 10;
const LONG_SECONDS = 60;

/** Peak memory of the post worker's own process for a short and a long clip, each in a process of its own. */
export async function memory(): Promise<Benchmark> {
  const short = await peakMiB(SHORT_SECONDS);
  const long = await peakMiB(LONG_SECONDS);
  return {
    figures: {
      shortSeconds: SHORT_SECONDS,
      longSeconds: LONG_SECONDS,
      shortPeakMiB: short,
      longPeakMiB: long,
      peakRatio: rounded(long / short),
    },
    // Flat would be 1; the rest is the garbage collector's freedom. Holding the clip would be 6.
    goals: { peakRatio: { atMost: 1.1 } },
  };
}

async function peakMiB(seconds: number): Promise<number> {
  const child = fork(join(import.meta.dirname, 'memory-of-one-render.ts'), [String(seconds)]);
  const message = once(child, 'message');
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`expected a render of ${seconds} s to finish, found exit code ${code}`);
  const [peak] = await message;
  return Math.round(Number(peak));
}
