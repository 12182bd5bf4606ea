import { setTimeout as wait } from 'node:timers/promises';
import { tenantOfJob } from '#contracts/identity';
import { type JobRow, TERMINAL_STATUSES } from '#contracts/ledger';
import { explained } from '#domain/ledger/failure';
import { Failure } from './failure.ts';
import type { Product } from './product.ts';
import { type JobProgress, leftLine, progressOf, visitLine } from './progress.ts';
import type { Voice } from './voice.ts';

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Called at every look, for whoever has something to do on the way; `say` adds lines that stay. */
  readonly onLook?: (row: JobRow, say: (line: string) => void) => Promise<void>;
  /** How long a job may stay unheard of: intake needs a moment to accept a fresh upload. */
  readonly patienceSeconds?: number;
}

/** A line that cannot be drawn over is worth printing when this much has changed, in percent. */
const WORTH_A_LINE = 25;
const PATIENCE_SECONDS = 60;

/** Shows a job's progress until it ends; the row it ended with. */
export async function watch(
  product: Pick<Product, 'ledger' | 'lookEverySeconds' | 'where'>,
  jobId: string,
  voice: Voice,
  options: WatchOptions,
): Promise<JobRow> {
  const { signal, onLook, patienceSeconds = PATIENCE_SECONDS } = options;
  const tenant = tenantOfJob(jobId);
  const display = voice.isTerminal ? redrawn(voice) : plain(voice);
  const since = Date.now();
  for (;;) {
    signal.throwIfAborted();
    const row = await product.ledger.job(tenant, jobId);
    if (row) {
      display.show(row, progressOf(row, await product.ledger.events(tenant, jobId), Date.now()));
      if (TERMINAL_STATUSES.includes(row.status)) return row;
      await onLook?.(row, display.say);
    } else if (Date.now() - since > patienceSeconds * 1000) {
      throw new Failure(
        'JobUnknown',
        `${product.where.name}: expected job ${jobId} in the ledger within ${patienceSeconds} s, found nothing`,
        {
          hint: 'jobs list shows the jobs it knows; local logs shows what intake said',
        },
      );
    }
    await wait(product.lookEverySeconds * 1000, undefined, { signal });
  }
}

interface Display {
  show(row: JobRow, progress: JobProgress): void;
  say(line: string): void;
}

const headline = (job: JobRow, left: number | undefined): string =>
  [`${job.jobId}  ${job.status}`, explained(job)?.replaceAll('\n', ' '), leftLine(left)].filter(Boolean).join('  ');

/** One block of lines that is drawn over itself. A line that wrapped would be two, so none is longer than the terminal is wide. */
function redrawn(voice: Voice): Display {
  let drawn = 0;
  return {
    show(row, progress) {
      const lines = [headline(row, progress.secondsLeft), ...progress.visits.map(visitLine)].map((line) =>
        line.slice(0, voice.columns - 1),
      );
      const up = drawn > 0 ? `\u001b[${drawn}A` : '';
      voice.draw(`${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}`);
      drawn = lines.length;
    },
    say(line) {
      voice.say(line);
      drawn = 0; // what was said stays; the block starts again below it
    },
  };
}

/** A line for every visit that is over, and for the current one now and then. */
function plain(voice: Voice): Display {
  const told = new Set<string>();
  const once = (key: string, line: () => string): void => {
    if (told.has(key)) return;
    told.add(key);
    voice.say(line());
  };
  return {
    say: (line) => voice.say(line),
    show(row, { visits, secondsLeft }) {
      once(`status ${row.status} ${row.take}`, () => headline(row, undefined));
      for (const visit of visits) {
        if (visit.state === 'done') once(`done ${visit.visit} ${visit.take}`, () => visitLine(visit));
        else if (visit.percent < 100) {
          const step = Math.floor(visit.percent / WORTH_A_LINE);
          once(`${visit.state} ${visit.visit} ${visit.take} ${step}`, () =>
            [visitLine(visit), leftLine(secondsLeft)].filter(Boolean).join('  '),
          );
        }
      }
    },
  };
}
