import { type App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { expect, it } from 'vitest';
import inert from '../../tools/local/inert-types.json' with { type: 'json' };
import { awsTemplates, localTemplates, resources, STACKS, synthesize } from './synthesized.ts';

/** Types that the local emulator provisions itself; each was seen deployed. */
const EMULATED = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Athena::WorkGroup',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeBuild::Project',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::DynamoDB::Table',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::ECR::Repository',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::StepFunctions::StateMachine',
];
/** Types that the local Batch provisions. */
const LOCAL_BATCH = ['AWS::Batch::ComputeEnvironment', 'AWS::Batch::JobDefinition', 'AWS::Batch::JobQueue', 'AWS::Batch::SchedulingPolicy'];

it('passes AwsSolutions and CloudFormation schemas, and is twice byte for byte the same', () => {
  const first = synthesize('aws'); // throws when a rule is broken and nobody gave a reason next to the resource
  expect(Object.keys(first)).toEqual([...STACKS]);
  expect(synthesize('aws')).toEqual(first);
}, 180_000);

it('breaks the synthesis when a rule of AwsSolutions is broken', () => {
  const broken = (app: App) => void new Queue(new Stack(app, 'Careless'), 'Queue');
  expect(() => synthesize('aws', broken)).toThrow(/[Vv]alidation/);
});

it('has the same shape locally as on AWS: settings differ, resources do not', () => {
  const shape = (templates: ReturnType<typeof awsTemplates>) =>
    resources(undefined, templates).map(({ stack, id, type }) => `${stack}/${id} ${type}`);
  expect(shape(localTemplates())).toEqual(shape(awsTemplates()));
});

it('uses only types that deploy locally, or that are known to do nothing there', () => {
  const known = [...EMULATED, ...LOCAL_BATCH, ...Object.keys(inert)];
  const types = new Set(resources().map(({ type }) => type));
  expect([...types].filter((type) => !known.includes(type))).toEqual([]);
});

it('stays far below the 500 resources that a stack may hold', () => {
  for (const [stack, { Resources }] of Object.entries(awsTemplates())) expect(Object.keys(Resources).length, stack).toBeLessThan(150);
});

it('asks for no custom resource: nothing runs while a stack is deployed', () => {
  expect(resources().filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')).toEqual([]);
});
