import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { PipelineStarter } from '#domain/ports';
import { sfn } from './clients.ts';

/** Starts the pipeline machine under the job id. Step Functions keeps names for 90 days after an execution ends, so a copy cannot start twice. */
export function openPipelineStarter({ stateMachineArn, client = sfn() }: { stateMachineArn: string; client?: SFNClient }): PipelineStarter {
  return {
    async start(message) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name: message.job.jobId, input: JSON.stringify(message) }));
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'already-started';
        throw error;
      }
    },
  };
}
