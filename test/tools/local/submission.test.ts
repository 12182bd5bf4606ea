import { expect, it } from 'vitest';
import { Registry } from '../../../tools/local/batch/registry.ts';
import { SubmitJob } from '../../../tools/local/batch/requests.ts';
import { jobsFrom } from '../../../tools/local/batch/submission.ts';

const registry = new Registry('us-east-1');
registry.createEnvironment({ computeEnvironmentName: 'spot', type: 'MANAGED' });
const policy = registry.createPolicy({ name: 'fair' });
const order = [{ order: 1, computeEnvironment: 'spot' }];
const fair = registry.createQueue({ jobQueueName: 'fair', priority: 1, schedulingPolicyArn: policy.arn, computeEnvironmentOrder: order });
const plain = registry.createQueue({ jobQueueName: 'plain', priority: 1, computeEnvironmentOrder: order });
const definition = registry.register({
  jobDefinitionName: 'worker',
  type: 'container',
  parameters: { mode: 'fast', tier: 'preview' },
  retryStrategy: { attempts: 3 },
  schedulingPriority: 4,
  containerProperties: {
    image: 'framewright/animatic:1',
    command: ['--mode', 'Ref::mode', 'Ref::unknown'],
    environment: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
    resourceRequirements: [{ type: 'GPU', value: '1' }],
  },
});
const from = (request: object, queue = plain) =>
  jobsFrom(SubmitJob.parse({ jobName: 'j', jobQueue: queue.jobQueueName, jobDefinition: 'worker', ...request }), {
    jobId: 'id',
    region: 'us-east-1',
    now: 1_700_000_000_000,
    definition,
    queue,
  });

it('what a request says replaces what its definition says, entry by entry', () => {
  const [job] = from({
    parameters: { mode: 'final' },
    retryStrategy: { attempts: 2 },
    containerOverrides: { environment: [{ name: 'B', value: '3' }], resourceRequirements: [{ type: 'VCPU', value: '2' }] },
  });
  expect(job.parameters).toEqual({ mode: 'final', tier: 'preview' });
  expect(job.retryStrategy.attempts).toBe(2);
  expect(job.container.command).toEqual(['--mode', 'final', 'Ref::unknown']);
  expect(job.container.environment).toEqual([
    { name: 'A', value: '1' },
    { name: 'B', value: '3' },
  ]);
  expect(job.container.resourceRequirements).toEqual([
    { type: 'GPU', value: '1' },
    { type: 'VCPU', value: '2' },
  ]);
});

it('an array job has one child for each index, named after its parent', () => {
  const [parent, ...children] = from({ arrayProperties: { size: 3 } });
  expect(parent.arrayProperties).toMatchObject({ size: 3, statusSummary: { SUBMITTED: 3, SUCCEEDED: 0 } });
  expect(children.map(({ jobId, arrayProperties }) => [jobId, arrayProperties?.index])).toEqual([
    ['id:0', 0],
    ['id:1', 1],
    ['id:2', 2],
  ]);
});

it.each([
  [1, /arrayProperties/],
  [10_001, /arrayProperties/],
])('an array of %i children is refused', (size, message) => {
  expect(() => from({ arrayProperties: { size } })).toThrow(message);
});

it('a share identifier is required on a fair-share queue and refused on any other', () => {
  expect(() => from({}, fair)).toThrow(/Share identifier is required/);
  expect(() => from({ shareIdentifier: 'bulk' }, plain)).toThrow(/has no scheduling policy/);
  expect(from({ shareIdentifier: 'bulk', schedulingPriorityOverride: 9 }, fair)[0]).toMatchObject({
    shareIdentifier: 'bulk',
    schedulingPriority: 9,
  });
});

it('an attempt gets at least a minute, as on AWS', () => {
  expect(() => from({ timeout: { attemptDurationSeconds: 59 } })).toThrow(/at least 60/);
  expect(from({ timeout: { attemptDurationSeconds: 60 } })[0].timeout).toEqual({ attemptDurationSeconds: 60 });
});

it('a revision number is never used twice', () => {
  const again = registry.register({
    jobDefinitionName: 'worker',
    type: 'container',
    containerProperties: { image: 'framewright/animatic:2' },
  });
  registry.deregister(again.jobDefinitionArn);
  const third = registry.register({
    jobDefinitionName: 'worker',
    type: 'container',
    containerProperties: { image: 'framewright/animatic:3' },
  });
  expect([definition.revision, again.revision, third.revision]).toEqual([1, 2, 3]);
  expect(registry.definition('worker').revision).toBe(3);
  expect(() => registry.definition('worker:2')).toThrow(/not ACTIVE/);
});
