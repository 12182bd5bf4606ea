import { SendTaskSuccessCommand, type SFNClient, TaskDoesNotExist, TaskTimedOut } from '@aws-sdk/client-sfn';
import type { TaskTokens } from '#domain/ports';
import { sfn } from './clients.ts';

/** Answers task tokens. A token that was answered, timed out or whose execution ended is `gone`; a malformed one is an error. */
export function openTaskTokens({ client = sfn() }: { client?: SFNClient } = {}): TaskTokens {
  return {
    async succeed(taskToken, output) {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
        return 'resumed';
      } catch (error) {
        if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist) return 'gone';
        throw error;
      }
    },
  };
}
