import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { openPipelineStarter } from '#adapters/aws/pipeline-starter';
import { stepFunctions } from '../platform/aws.ts';
import { describeExecution, machine } from '../platform/machines.ts';
import { pipelineStarterSuite } from './pipeline-starter.suite.ts';

pipelineStarterSuite('executions on Step Functions', async () => {
  const stateMachineArn = await machine({ Rest: { Type: 'Wait', Seconds: 1, End: true } });
  return {
    starter: openPipelineStarter({ stateMachineArn, client: stepFunctions }),
    startedWith: async (jobId) => {
      const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
      const named = executions.filter(({ name }) => name === jobId);
      if (named.length !== 1) throw new Error(`expected one execution ${jobId}, found ${named.length}`);
      return JSON.parse((await describeExecution(named[0]?.executionArn ?? '')).input ?? 'null');
    },
  };
});
