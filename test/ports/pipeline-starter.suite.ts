import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { IntakeOutput } from '#contracts/job';
import type { PipelineStarter } from '#domain/ports';

const message = (): IntakeOutput => ({
  job: {
    jobId: `acme_${randomBytes(12).toString('hex')}`,
    tenant: 'acme',
    campaign: 'spring',
    acceptedAt: '2026-11-24T08:30:00.000Z',
    brief: { bucket: 'artifacts', key: 'brief.json', sha256: 'a'.repeat(64), bytes: 2 },
  },
});

/** What every starter promises. `startedWith` is the input of the execution of that name. */
export function pipelineStarterSuite(
  name: string,
  open: () => Promise<{ starter: PipelineStarter; startedWith(jobId: string): Promise<unknown> }>,
): void {
  describe(name, () => {
    it('starts an execution under the job id, with the message as its input', async () => {
      const { starter, startedWith } = await open();
      const first = message();
      expect(await starter.start(first)).toBe('started');
      expect(await startedWith(first.job.jobId)).toEqual(first);
    });

    it('keeps the first execution when another message claims its job id', async () => {
      const { starter, startedWith } = await open();
      const first = message();
      await starter.start(first);
      const other = { job: { ...first.job, campaign: 'autumn' } };
      expect(await starter.start(other)).toBe('already-started');
      expect(await startedWith(first.job.jobId)).toEqual(first);
    });

    it('starts one execution for copies that arrive at once', async () => {
      const { starter, startedWith } = await open();
      const first = message();
      // AWS answers a copy with the running execution, so more than one caller may hear `started`.
      expect(await Promise.all([first, first, first].map((copy) => starter.start(copy)))).toContain('started');
      expect(await startedWith(first.job.jobId)).toEqual(first);
    });
  });
}
