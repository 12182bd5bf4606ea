import { expect, it } from 'vitest';
import { ExitCode } from '#contracts/errors';
import { readComponents } from '#lib/components';
import { refuseUnlicensed } from '#lib/compute/licence-policy';
import { names } from '#lib/names';
import { resources, root } from './synthesized.ts';

const environments = resources('AWS::Batch::ComputeEnvironment');
const definitions = resources('AWS::Batch::JobDefinition');
const components = readComponents(root);

it('asks for spot g5 first and on-demand g5 second, and lets neither grow without end', () => {
  const queue = resources('AWS::Batch::JobQueue').find(({ id }) => id.startsWith('Generate'));
  const order = queue?.properties.ComputeEnvironmentOrder.map(
    ({ ComputeEnvironment }: { ComputeEnvironment: { 'Fn::GetAtt': string[] } }) =>
      environments.find(({ id }) => id === ComputeEnvironment['Fn::GetAtt'][0])?.properties.ComputeResources,
  );
  expect(order).toMatchObject([
    { Type: 'SPOT', AllocationStrategy: 'SPOT_PRICE_CAPACITY_OPTIMIZED', MinvCpus: 0, MaxvCpus: 256 },
    { Type: 'EC2', MinvCpus: 0, MaxvCpus: 16 },
  ]);
  for (const { InstanceTypes } of order) expect(InstanceTypes).toEqual(['g5.xlarge', 'g5.2xlarge', 'g5.4xlarge']);
});

it('shares machines fairly between previews and finals', () => {
  for (const { properties } of resources('AWS::Batch::SchedulingPolicy'))
    expect(properties.FairsharePolicy.ShareDistribution).toEqual([
      { ShareIdentifier: 'preview', WeightFactor: 0.5 },
      { ShareIdentifier: 'final', WeightFactor: 1 },
    ]);
  for (const { properties } of resources('AWS::Batch::JobQueue')) expect(properties.SchedulingPolicyArn).toBeDefined();
});

it('tries again after a reclaim, an interruption and the unforeseen, and gives up at once on bad work', () => {
  expect(definitions).toHaveLength(components.length);
  for (const { properties } of definitions) {
    expect(properties.RetryStrategy).toEqual({
      Attempts: 5,
      EvaluateOnExit: [
        { Action: 'RETRY', OnStatusReason: 'Host EC2*' },
        { Action: 'RETRY', OnExitCode: String(ExitCode.Interrupted) },
        { Action: 'EXIT', OnExitCode: String(ExitCode.BadWork) },
        { Action: 'RETRY', OnExitCode: String(ExitCode.Failed) },
        { Action: 'EXIT', OnReason: '*' },
      ],
    });
    expect(properties.RetryStrategy.EvaluateOnExit.length).toBeLessThanOrEqual(5); // more is refused by Batch
  }
});

it('makes a job definition of each manifest, sized and limited as the manifest says', () => {
  for (const component of components) {
    const definition = definitions.find(
      ({ properties }) => properties.JobDefinitionName === names.jobDefinition(component.id, component.version),
    );
    const { ResourceRequirements } = definition?.properties.ContainerProperties ?? {};
    expect(ResourceRequirements).toEqual(
      expect.arrayContaining([
        { Type: 'VCPU', Value: String(component.needs.vcpus) },
        { Type: 'MEMORY', Value: String(component.needs.memoryMiB) },
      ]),
    );
    expect(ResourceRequirements).toHaveLength(component.needs.gpus > 0 ? 3 : 2);
    expect(definition?.properties.Timeout).toEqual({ AttemptDurationSeconds: component.attemptTimeoutSeconds });
    expect(JSON.stringify(definition?.properties.ContainerProperties.Image)).toContain(`:${component.version}-`);
  }
});

it('runs workers as nobody special, on a disk they cannot write, with scratch of their own', () => {
  for (const { properties } of definitions)
    expect(properties.ContainerProperties).toMatchObject({
      User: '1000',
      ReadonlyRootFilesystem: true,
      LinuxParameters: { InitProcessEnabled: true },
      MountPoints: [{ ContainerPath: '/tmp' }],
    });
});

it('keeps the credentials of the machine from the workers on it', () => {
  const templates = resources('AWS::EC2::LaunchTemplate');
  expect(templates).toHaveLength(2);
  for (const { properties } of templates) {
    expect(properties.LaunchTemplateData.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
    expect(properties.LaunchTemplateData.BlockDeviceMappings[0].Ebs).toMatchObject({ Encrypted: true });
    const userData = JSON.stringify(properties.LaunchTemplateData.UserData);
    expect(userData).toContain('169.254.169.254');
    expect(userData).toContain('ECS_ENABLE_SPOT_INSTANCE_DRAINING=true');
  }
});

it('lets nothing in and only TLS out', () => {
  for (const { properties } of resources('AWS::EC2::SecurityGroup')) {
    expect(properties.SecurityGroupIngress).toBeUndefined();
    expect(properties.SecurityGroupEgress).toEqual([expect.objectContaining({ FromPort: 443, ToPort: 443, IpProtocol: 'tcp' })]);
  }
});

it('has a repository and a build in the account for every component, and never overwrites an image', () => {
  const repositories = resources('AWS::ECR::Repository');
  expect(repositories.map(({ properties }) => properties.RepositoryName).sort()).toEqual(
    components.map(({ id }) => names.repository(id)).sort(),
  );
  for (const { properties } of repositories)
    expect(properties).toMatchObject({ ImageTagMutability: 'IMMUTABLE', ImageScanningConfiguration: { ScanOnPush: true } });
  expect(resources('AWS::CodeBuild::Project')).toHaveLength(components.length);
});

it('refuses a component whose licence nobody agreed to, and says where it stands', () => {
  const [component] = components;
  expect(() => refuseUnlicensed([{ ...component!, licence: 'AGPL-3.0-only' }], ['MIT'])).toThrow(
    `containers/${component!.id}/component.json says AGPL-3.0-only`,
  );
  expect(() => refuseUnlicensed(components, ['Apache-2.0', 'MIT'])).not.toThrow();
});
