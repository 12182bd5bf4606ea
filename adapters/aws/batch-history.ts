import { type BatchClient, DescribeJobsCommand, type JobDetail, paginateListJobs } from '@aws-sdk/client-batch';
import type { BatchHistory } from '#domain/ports';
import { batch } from './clients.ts';

/** Jobs of one DescribeJobs call, as the API allows. */
const AT_ONCE = 100;

/** What Batch remembers of jobs; it forgets them about a week after their end. */
export function openBatchHistory({ client = batch() }: { client?: BatchClient } = {}): BatchHistory {
  const describe = async (ids: readonly string[]): Promise<JobDetail[]> => {
    const found: JobDetail[] = [];
    for (let first = 0; first < ids.length; first += AT_ONCE)
      found.push(...((await client.send(new DescribeJobsCommand({ jobs: ids.slice(first, first + AT_ONCE) }))).jobs ?? []));
    return found;
  };
  return {
    async failedAttempts(batchJobId) {
      const [job] = await describe([batchJobId]);
      if (!job) throw new Error(`expected Batch to know job ${batchJobId}, found nothing`);
      const children: string[] = [];
      if (job.arrayProperties?.size !== undefined)
        for await (const page of paginateListJobs({ client }, { arrayJobId: batchJobId, jobStatus: 'FAILED' }))
          children.push(...(page.jobSummaryList ?? []).flatMap(({ jobId }) => jobId ?? []));
      const failed = job.arrayProperties?.size === undefined ? [job] : await describe(children);
      return failed.map(({ attempts = [] }) =>
        attempts.map(({ statusReason, container }) => ({ statusReason, exitCode: container?.exitCode })),
      );
    },
  };
}
