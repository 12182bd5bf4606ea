import { DescribeJobDefinitionsCommand, DescribeJobQueuesCommand, DescribeSchedulingPoliciesCommand } from '@aws-sdk/client-batch';
import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { batch, cloudFormation, eventually, unique } from './aws.ts';

const template = (command: string, priority: number) => ({
  Resources: {
    Spot: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { Type: 'MANAGED', ComputeResources: { Type: 'SPOT', MaxvCpus: 8 } } },
    Fair: {
      Type: 'AWS::Batch::SchedulingPolicy',
      Properties: { FairsharePolicy: { ShareDistribution: [{ ShareIdentifier: 'bulk*', WeightFactor: 8 }] } },
    },
    Queue: {
      Type: 'AWS::Batch::JobQueue',
      Properties: {
        Priority: priority,
        SchedulingPolicyArn: { 'Fn::GetAtt': ['Fair', 'Arn'] },
        ComputeEnvironmentOrder: [{ Order: 1, ComputeEnvironment: { Ref: 'Spot' } }],
      },
    },
    Definition: {
      Type: 'AWS::Batch::JobDefinition',
      Properties: {
        Type: 'container',
        Parameters: { MixedCase: 'kept' },
        ContainerProperties: { Image: 'framewright/probe:1', Command: [command], Environment: [{ Name: 'A', Value: '1' }] },
      },
    },
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: {} },
  },
  Outputs: {
    Queue: { Value: { Ref: 'Queue' } },
    Definition: { Value: { Ref: 'Definition' } },
    Fair: { Value: { 'Fn::GetAtt': ['Fair', 'Arn'] } },
  },
});

const settled = (StackName: string) =>
  eventually('the stack to settle', async () => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks;
    return stack && !stack.StackStatus?.endsWith('IN_PROGRESS') ? stack : undefined;
  });
const outputs = (stack: Stack) => Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));

it('CloudFormation creates, updates and deletes the Batch types; a changed definition is a new revision', async () => {
  const StackName = unique('batch');
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template('one', 1)) }));
  const created = outputs(await settled(StackName));
  expect(created.Definition).toMatch(/:1$/);

  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template('two', 5)) }));
  const updated = outputs(await settled(StackName));
  expect(updated.Definition).toBe(created.Definition?.replace(/:1$/, ':2'));
  expect(updated.Queue).toBe(created.Queue);
  const { jobQueues } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [created.Queue ?? ''] }));
  expect(jobQueues).toMatchObject([{ priority: 5 }]);
  const { jobDefinitions = [] } = await batch.send(
    new DescribeJobDefinitionsCommand({ jobDefinitions: [created.Definition, updated.Definition].map((arn) => arn ?? '') }),
  );
  expect(jobDefinitions.map(({ revision, status }) => [revision, status])).toEqual([
    [1, 'INACTIVE'],
    [2, 'ACTIVE'],
  ]);
  expect(jobDefinitions[1]).toMatchObject({ parameters: { MixedCase: 'kept' }, containerProperties: { command: ['two'] } });
  const { schedulingPolicies } = await batch.send(new DescribeSchedulingPoliciesCommand({ arns: [created.Fair ?? ''] }));
  expect(schedulingPolicies?.[0]?.fairsharePolicy?.shareDistribution).toEqual([{ shareIdentifier: 'bulk*', weightFactor: 8 }]);

  await cloudFormation.send(new DeleteStackCommand({ StackName }));
  await eventually('the queue to be gone', async () => {
    const left = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [created.Queue ?? ''] }));
    return left.jobQueues?.length === 0 ? true : undefined;
  });
});

it('a type that is neither known nor listed as inert is refused and named', async () => {
  const Resources = { X: { Type: 'AWS::GameLift::Fleet', Properties: {} } };
  const create = new CreateStackCommand({ StackName: unique('unknown'), TemplateBody: JSON.stringify({ Resources }) });
  await expect(cloudFormation.send(create)).rejects.toThrow('AWS::GameLift::Fleet');
});

it('CloudFormation keeps the job definition of a version that left the template when the template says so', async () => {
  const StackName = unique('versions');
  const versioned = (version: string) =>
    JSON.stringify({
      Resources: {
        [`Definition${version}`]: {
          ...template('one', 1).Resources.Definition,
          Properties: { ...template('one', 1).Resources.Definition.Properties, JobDefinitionName: `${StackName}-${version}` },
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
        },
      },
    });
  await cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody: versioned('1') }));
  await settled(StackName);
  await cloudFormation.send(new UpdateStackCommand({ StackName, TemplateBody: versioned('2') }));
  await settled(StackName);

  const standing = async (version: string) => {
    const { jobDefinitions = [] } = await batch.send(
      new DescribeJobDefinitionsCommand({ jobDefinitionName: `${StackName}-${version}`, status: 'ACTIVE' }),
    );
    return jobDefinitions.length;
  };
  expect([await standing('1'), await standing('2')]).toEqual([1, 1]);
});
