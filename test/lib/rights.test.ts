import { expect, it } from 'vitest';
import { resources } from './synthesized.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
const policies = resources('AWS::IAM::Policy').map(({ id, properties }) => ({
  id,
  statements: properties.PolicyDocument.Statement as Statement[],
}));
const granted = policies.flatMap(({ id, statements }) =>
  statements.filter(({ Effect }) => Effect === 'Allow').map((statement) => ({ id, actions: list(statement.Action), ...statement })),
);
const policyOf = (word: string) => granted.filter(({ id }) => id.startsWith(word));
const actionsOf = (word: string) => new Set(policyOf(word).flatMap(({ actions }) => actions));

/** Actions that IAM cannot narrow to a resource: each of them reads or tells, none changes what is ours. */
const NOT_NARROWABLE = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'ecr:GetAuthorizationToken',
  'batch:DescribeJobs',
  'batch:ListJobs',
  /^logs:(Create|Get|Update|Delete|List)LogDeliver(y|ies)$/,
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];

it('grants no wildcard action anywhere', () => {
  expect(
    granted.flatMap(({ id, actions }) => actions.filter((action) => action.includes('*')).map((action) => `${id}: ${action}`)),
  ).toEqual([]);
});

it('grants everything that IAM can narrow on named resources only', () => {
  const wide = granted
    .filter(({ Resource }) => list(Resource).includes('*'))
    .flatMap(({ id, actions }) => actions.map((action) => ({ id, action })));
  const surprising = wide.filter(
    ({ action }) => !NOT_NARROWABLE.some((one) => (typeof one === 'string' ? one === action : one.test(action))),
  );
  expect(surprising).toEqual([]);
});

it('lets nobody delete an object or a row', () => {
  expect(granted.flatMap(({ actions }) => actions).filter((action) => /^(s3|dynamodb):.*Delete/.test(action))).toEqual([]);
});

it('opens uploads of strangers to intake and prep alone', () => {
  const readers = granted.filter(
    ({ Resource, actions }) => actions.includes('s3:GetObjectVersion') && JSON.stringify(Resource).includes('Intake'),
  );
  expect(readers.map(({ id }) => id.replace(/DefaultPolicy.*/, '')).sort()).toEqual(['IntakeAcceptRole', 'PrepNormalizeRole']);
});

it('writes clips to the deliverables and uses the signing key in one place', () => {
  const writers = granted.filter(
    ({ Resource, actions }) => actions.includes('s3:PutObject') && JSON.stringify(Resource).includes('Deliverables'),
  );
  const signers = granted.filter(({ actions }) => actions.includes('kms:Sign'));
  for (const found of [writers, signers]) expect(found.map(({ id }) => id.replace(/DefaultPolicy.*/, ''))).toEqual(['PublishDeliverRole']);
});

it('lets workers and steps touch objects below a tenant, and others only one by one', () => {
  const objects = granted.filter(({ actions }) => actions.some((action) => /^s3:(Get|Put)Object/.test(action)));
  const outside = objects
    .flatMap(({ id, Resource }) => list(Resource).map((resource) => ({ id, resource: JSON.stringify(resource) })))
    .filter(({ resource }) => !/\/(tenants|facts|verdicts)\/\*/.test(resource));
  // Intake's keys begin with the tenant itself.
  expect(outside.filter(({ id, resource }) => resource.includes('*') && !/^(IntakeAccept|PrepNormalize)/.test(id))).toEqual([]);
});

it('lets every teller of facts speak in the name of the product and in no other', () => {
  const tellers = granted.filter(({ actions }) => actions.includes('events:PutEvents'));
  expect(tellers.length).toBeGreaterThan(10);
  for (const { Condition } of tellers) expect(Condition).toEqual({ StringEquals: { 'events:source': 'framewright' } });
});

it('lets the machines call their own functions by name', () => {
  expect(actionsOf('PipelineRole')).toContain('states:StartExecution');
  expect(actionsOf('RenderClipRole')).toContain('batch:SubmitJob');
  for (const word of ['PipelineRole', 'RenderClipRole'])
    for (const { Resource, actions } of policyOf(word))
      if (actions.includes('lambda:InvokeFunction')) expect(JSON.stringify(Resource)).not.toContain('*');
});
