import { Aws, Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { EcsEc2ContainerDefinition, EcsJobDefinition, EcsVolume, LinuxParameters } from 'aws-cdk-lib/aws-batch';
import { ContainerImage, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Component } from '#contracts/component';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { ATTEMPTS, retryRules } from '../patterns/batch-retries.ts';
import { accept, allowFacts, allowObjects } from '../patterns/grants.ts';
import type { DeployedComponent } from '../pipeline/batch-step.ts';
import type { StorageStack } from '../stacks/storage-stack.ts';
import type { WorkerImages } from './worker-images.ts';

export interface WorkersProps {
  readonly config: Config;
  readonly storage: StorageStack;
  readonly components: readonly Component[];
  readonly images: WorkerImages;
}

/** The first user that a Linux image creates; the images make it and own nothing with it. */
const WORKER_USER = '1000';

/** One job definition a component, made from its manifest. */
export class Workers extends Construct {
  readonly deployed: readonly DeployedComponent[];

  constructor(scope: Construct, id: string, { config, storage, components, images }: WorkersProps) {
    super(scope, id);
    this.deployed = components.map((component) => {
      const jobRole = new Role(this, `${component.id}-role`, {
        assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
        description: `What the ${component.id} worker may do`,
      });
      allowObjects(jobRole, storage.artifacts, 'tenants/', ['read', 'write']);
      allowFacts(jobRole, storage.bus);

      const { repository, tag } = images.of(component.id);
      const logGroup = new LogGroup(this, `${component.id}-logs`, {
        logGroupName: names.workerLogs(component.id),
        retention: config.retentionDays.logs,
        removalPolicy: RemovalPolicy.DESTROY,
      });
      const container = new EcsEc2ContainerDefinition(this, `${component.id}-container`, {
        image: ContainerImage.fromEcrRepository(repository, tag),
        cpu: component.needs.vcpus,
        memory: Size.mebibytes(component.needs.memoryMiB),
        ...(component.needs.gpus > 0 ? { gpu: component.needs.gpus } : {}),
        jobRole,
        user: WORKER_USER,
        readonlyRootFilesystem: true,
        volumes: [EcsVolume.host({ name: 'scratch', containerPath: '/tmp' })],
        linuxParameters: new LinuxParameters(this, `${component.id}-linux`, { initProcessEnabled: true }), // passes SIGTERM on
        environment: {
          FRAMEWRIGHT_ARTIFACTS_BUCKET: storage.artifacts.bucketName,
          FRAMEWRIGHT_BUS: storage.bus.eventBusName,
          FRAMEWRIGHT_FFMPEG: config.media.ffmpeg,
          FRAMEWRIGHT_FFPROBE: config.media.ffprobe,
        },
        logging: LogDriver.awsLogs({ streamPrefix: component.version, logGroup }),
      });
      accept(
        container.executionRole,
        'IAM5[Resource::*]',
        'a login to ECR is for the whole registry; pulling is limited to the one repository',
      );
      const jobDefinitionName = names.jobDefinition(component.id);
      new EcsJobDefinition(this, component.id, {
        jobDefinitionName,
        container,
        retryAttempts: ATTEMPTS,
        retryStrategies: retryRules(),
        timeout: Duration.seconds(component.attemptTimeoutSeconds),
        schedulingPriority: 1,
      });
      // Without a revision, so that Batch takes the newest when a job is submitted. With one it would be an export of this stack that the
      // pipeline imports, and CloudFormation refuses to change an export that is in use: no worker could ever be updated.
      return {
        component,
        jobDefinitionArn: `arn:${Aws.PARTITION}:batch:${Aws.REGION}:${Aws.ACCOUNT_ID}:job-definition/${jobDefinitionName}`,
      };
    });
  }
}
