import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Failure } from './failure.ts';

/** Stacks that have outputs for the command line (lib/stacks). */
const STACKS = [
  'Framewright-Storage',
  'Framewright-Compute',
  'Framewright-Pipeline',
  'Framewright-Review',
  'Framewright-Delivery',
] as const;

export type OutputName =
  | 'IntakeBucket'
  | 'ArtifactsBucket'
  | 'DeliverablesBucket'
  | 'LedgerBucket'
  | 'Table'
  | 'BusName'
  | 'PipelineArn'
  | 'DeploymentFile'
  | 'DecideFunction'
  | 'SigningKeyId'
  | 'ApiUrl'
  | 'UserPoolId'
  | 'ClientId'
  | 'ConsoleBucket'
  | 'ConsoleUrl';

export interface StackOutputs {
  /** Throws a failure that names the missing output. */
  get(name: OutputName): string;
  find(name: OutputName): string | undefined;
}

/** Reads what the deployed stacks say about themselves. Stacks that are not there are simply not heard. */
export async function readStackOutputs(client: CloudFormationClient, where: string): Promise<StackOutputs> {
  const found = new Map<string, string>();
  await Promise.all(
    STACKS.map(async (StackName) => {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch((error: unknown) => {
        if (error instanceof Error && /does not exist/.test(error.message)) return { Stacks: [] };
        throw error;
      });
      for (const { OutputKey, OutputValue } of Stacks[0]?.Outputs ?? []) if (OutputKey && OutputValue) found.set(OutputKey, OutputValue);
    }),
  );
  return {
    find: (name) => found.get(name),
    get(name) {
      const value = found.get(name);
      if (value !== undefined) return value;
      throw new Failure(
        'NotDeployed',
        `${where}: expected a stack output ${name} of ${STACKS.join(', ')}, found ${found.size} other outputs`,
        {
          hint: 'deploy first: npm run local -- up (local), npx cdk deploy --all (AWS)',
        },
      );
    },
  };
}
