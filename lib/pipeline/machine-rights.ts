import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { jobDefinitionArn } from '../compute/workers.ts';
import { names } from '../names.ts';
import { accept } from '../patterns/grants.ts';
import { HandlerFunction } from '../patterns/handler-function.ts';

/** Rules that Step Functions makes and owns, to hear when something it waits for has ended. */
const managedRule = (stack: Stack, name: string): PolicyStatement =>
  new PolicyStatement({
    actions: ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
    resources: [stack.formatArn({ service: 'events', resource: 'rule', resourceName: name })],
  });

/** The functions of these stages, each by its own name. */
export function allowCalls(machine: StateMachine, stages: readonly IConstruct[]): void {
  const functions = stages.flatMap((stage) => stage.node.findAll().filter((child) => child instanceof HandlerFunction));
  machine.addToRolePolicy(
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: functions.map((target) => target.functionArn) }),
  );
}

/** Submits to these queues, and follows and ends what it submitted. */
export function allowBatch(machine: StateMachine, queueArns: readonly string[]): void {
  const stack = Stack.of(machine);
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['batch:SubmitJob'],
      resources: [...queueArns, jobDefinitionArn(`${names.jobDefinitionPrefix}*`)],
    }),
  );
  machine.addToRolePolicy(new PolicyStatement({ actions: ['batch:DescribeJobs'], resources: ['*'] })); // takes no resource
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['batch:TerminateJob'],
      resources: [stack.formatArn({ service: 'batch', resource: 'job', resourceName: '*' })],
    }),
  );
  machine.addToRolePolicy(managedRule(stack, 'StepFunctionsGetEventsForBatchJobsRule'));
  accept(
    machine,
    `IAM5[Resource::arn:<AWS::Partition>:batch:<AWS::Region>:<AWS::AccountId>:job-definition/${names.jobDefinitionPrefix}*]`,
    'a job ends with the versions that it began with, so the job definitions of earlier deployments must stay usable',
  );
  accept(
    machine,
    'IAM5[Resource::arn:<AWS::Partition>:batch:<AWS::Region>:<AWS::AccountId>:job/*]',
    'the ids of jobs are made by Batch when the machine submits them; only a stopped execution ends its own',
  );
}

/** Starts renders, and follows and stops those it started. */
export function allowRenders(machine: StateMachine, render: StateMachine): void {
  const stack = Stack.of(machine);
  const executions = stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${names.renderMachine}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  machine.addToRolePolicy(new PolicyStatement({ actions: ['states:StartExecution'], resources: [render.stateMachineArn] }));
  machine.addToRolePolicy(new PolicyStatement({ actions: ['states:DescribeExecution', 'states:StopExecution'], resources: [executions] }));
  machine.addToRolePolicy(managedRule(stack, 'StepFunctionsGetEventsForStepFunctionsExecutionRule'));
  accept(
    machine,
    `IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${names.renderMachine}:*]`,
    'an execution of the render machine is named after its job',
  );
}
