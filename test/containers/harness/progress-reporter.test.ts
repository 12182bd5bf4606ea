import { expect, it } from 'vitest';
import { openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { progressReporter } from '../../../containers/harness/progress-reporter.ts';

const work = {
  tenant: 'acme',
  jobId: 'acme_0123456789abcdef01234567',
  visit: 'generate:final',
  take: 1,
  part: 2,
  parts: 4,
  component: { id: 'animatic', version: '1.0.0' },
  batchJobId: 'job',
  attempt: 1,
} as const;

function reporterAt() {
  const publisher = openMemoryEventPublisher();
  const clock = { ms: Date.UTC(2026, 10, 24) };
  const spent = { usefulMs: 0, repeatedMs: 0 };
  const reporter = progressReporter(work, {
    publisher,
    now: () => new Date(clock.ms),
    worth: () => ({ ...spent }),
    lost: () => {},
  });
  const percents = () => publisher.published.map((event) => event.type === 'stage.progressed' && event.percent);
  return { publisher, clock, spent, reporter, percents };
}

it('speaks at most once a second, and always says the last word', async () => {
  const { clock, reporter, percents } = reporterAt();
  for (let percent = 0; percent <= 100; percent++) {
    reporter.report(percent);
    clock.ms += 40; // 100 reports in 4 s
  }
  await reporter.flush();
  expect(percents()).toEqual([0, 25, 50, 75, 100]);
});

it('never says the same twice and never goes back', async () => {
  const { clock, reporter, percents } = reporterAt();
  for (const percent of [10, 10.9, 5, 30]) {
    reporter.report(percent);
    clock.ms += 2_000;
  }
  await reporter.flush();
  await reporter.flush();
  expect(percents()).toEqual([10, 30]);
});

it('gives every percent of every attempt its own key and a growing number', async () => {
  const { clock, reporter, publisher } = reporterAt();
  for (const percent of [1, 2, 3]) {
    reporter.report(percent);
    clock.ms += 2_000;
  }
  await reporter.flush();
  expect(publisher.published.map((event) => event.idempotencyKey)).toEqual([
    'job:1:generate:final:2:1:0:0',
    'job:1:generate:final:2:2:0:0',
    'job:1:generate:final:2:3:0:0',
  ]);
  const sequences = publisher.published.map((event) => event.sequence);
  expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
});

it('tells what the time was worth, also when the percent stands still', async () => {
  const { clock, spent, reporter, publisher } = reporterAt();
  reporter.report(100); // the last frame is written
  clock.ms += 2_000;
  Object.assign(spent, { usefulMs: 1_500, repeatedMs: 300 }); // and now its window is committed
  await reporter.flush();
  expect(publisher.published.map((event) => event.type === 'stage.progressed' && event.work)).toEqual([
    { batchJobId: 'job', attempt: 1, usefulMs: 0, repeatedMs: 0 },
    { batchJobId: 'job', attempt: 1, usefulMs: 1_500, repeatedMs: 300 },
  ]);
});
