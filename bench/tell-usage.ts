import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { cpuSeconds } from './cpu-seconds.ts';

/** Loaded into a worker before its own program: when it ends, it writes what it used to the file that its environment names. */
const file = process.env.BENCH_USAGE;
if (isMainThread && file !== undefined)
  process.on('exit', () => {
    const told = { peakMiB: process.resourceUsage().maxRSS / 1024, cpuSeconds: cpuSeconds() };
    writeFileSync(file, JSON.stringify(told));
  });
