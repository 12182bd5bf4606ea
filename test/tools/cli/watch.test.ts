import { describe, expect, it } from 'vitest';
import { openMemoryLedgerStore } from '#adapters/memory/ledger-store';
import type { LifecycleEvent } from '#contracts/events';
import { project } from '#domain/ledger/project';
import { voice } from '../../../tools/cli/voice.ts';
import { watch } from '../../../tools/cli/watch.ts';
import { accepted, happyLife, JOB, reworkedLife, TENANT } from '../../domain/ledger/news.ts';

const open = (isTTY: boolean) => {
  const ledger = openMemoryLedgerStore();
  const said: string[] = [];
  const stream = { isTTY, write: (text: string) => said.push(text) };
  const tell = async (event: LifecycleEvent): Promise<void> => {
    await ledger.addEvent(event);
    await ledger.updateJob(TENANT, JOB, (row) => project(row, event));
  };
  const product = { ledger, lookEverySeconds: 0.005, where: { kind: 'local' as const, name: 'here', environment: {} } };
  return { product, tell, said: () => said.join(''), speak: voice(false, stream, stream) };
};
const never = new AbortController().signal;

describe('watching a job', () => {
  it('ends with the job, after telling every visit once where lines cannot be redrawn', async () => {
    const { product, tell, said, speak } = open(false);
    const watching = watch(product, JOB, speak, { signal: never });
    for (const event of happyLife) {
      await tell(event);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect((await watching).status).toBe('published');
    const lines = said().trimEnd().split('\n');
    expect(new Set(lines).size).toBe(lines.length);
    expect(lines.filter((line) => line.includes('prep') && line.includes('100 %'))).toHaveLength(1);
    expect(said()).toContain('waits for a person');
    expect(said()).not.toContain('\u001b');
  });
  it('says of what was sent back that it is made, waits and is done again', async () => {
    const { product, tell, said, speak } = open(false);
    const watching = watch(product, JOB, speak, { signal: never });
    for (const event of reworkedLife) {
      await tell(event);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await watching;
    const lines = said().trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('waits for a person'))).toHaveLength(2);
    expect(lines.filter((line) => /generate:preview .* 100 %/.test(line)).map((line) => line.includes('take 2'))).toEqual([false, true]);
  });
  it('draws over its own lines on a terminal', async () => {
    const { product, tell, said, speak } = open(true);
    for (const event of happyLife) await tell(event);
    await watch(product, JOB, speak, { signal: never });
    expect(said()).toContain('\u001b[2K');
  });
  it('gives up on a job that nobody has heard of', async () => {
    const { product, speak } = open(false);
    await expect(watch(product, JOB, speak, { signal: never, patienceSeconds: 0.01 })).rejects.toThrow(
      /expected job .* in the ledger within 0.01 s/,
    );
  });
  it('stops at once when it is interrupted', async () => {
    const { product, tell, speak } = open(false);
    await tell(accepted());
    const interruption = new AbortController();
    const watching = watch(product, JOB, speak, { signal: interruption.signal });
    setTimeout(() => interruption.abort(new Error('Ctrl-C')), 20);
    await expect(watching).rejects.toThrow();
  });
});
