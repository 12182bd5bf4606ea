import { IntakeOutput } from '#contracts/job';
import type { PipelineStarter } from '#domain/ports';

export interface MemoryPipelineStarter extends PipelineStarter {
  /** First messages by job id. */
  readonly executions: Map<string, IntakeOutput>;
}

/** Remembers which jobs run, by name. */
export function openMemoryPipelineStarter(): MemoryPipelineStarter {
  const executions = new Map<string, IntakeOutput>();
  return {
    executions,
    async start(message) {
      const { jobId } = message.job;
      if (executions.has(jobId)) return 'already-started';
      executions.set(jobId, IntakeOutput.parse(message));
      return 'started';
    },
  };
}
