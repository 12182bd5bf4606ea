import { Aws, Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { EcsEc2ContainerDefinition, EcsJobDefinition, EcsVolume, LinuxParameters } from 'aws-cdk-lib/aws-batch';
import { ContainerImage, LogDriver } from 'aws-cdk-lib/aws-ecs';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Component, refText } from '#contracts/component';
import { isWorker } from '../components.ts';
import type { Config } from '../config.ts';
import { names } from '../names.ts';
import { ATTEMPTS, retryRules } from '../patterns/batch-retries.ts';
import { accept, allowFacts, allowObjects } from '../patterns/grants.ts';
import { allowWeights, type WeightsProps, weightsOf, weightsVariable } from './weights.ts';
import { WEIGHTS_CACHE, WORKER_USER } from './worker-host.ts';
import type { WorkerImages } from './worker-images.ts';

export interface WorkersProps extends WeightsProps {
  readonly config: Config;
  readonly images: WorkerImages;
}

/** One job definition a worker, made from its manifest. Hosted components run inside their host's. */
export class Workers extends Construct {
  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    for (const component of props.components.filter(isWorker)) this.define(component, props);
  }

  private define(component: Component, { config, storage, images, ...props }: WorkersProps): void {
    const jobRole = new Role(this, `${component.id}-role`, {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
      description: `What the ${component.id} worker may do`,
    });
    const weights = weightsOf(this, component, { storage, ...props });
    allowObjects(jobRole, storage.artifacts, 'tenants/', ['read', 'write']);
    allowWeights(jobRole, weights);
    allowFacts(jobRole, storage.bus);

    const { repository, tag } = images.of(component);
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
      volumes: [
        EcsVolume.host({ name: 'scratch', containerPath: '/tmp' }),
        ...(weights.length > 0 ? [EcsVolume.host({ name: 'weights', ...WEIGHTS_CACHE })] : []),
      ],
      linuxParameters: new LinuxParameters(this, `${component.id}-linux`, { initProcessEnabled: true }), // passes SIGTERM on
      environment: {
        FRAMEWRIGHT_ARTIFACTS_BUCKET: storage.artifacts.bucketName,
        FRAMEWRIGHT_BUS: storage.bus.eventBusName,
        FRAMEWRIGHT_FFMPEG: config.media.ffmpeg,
        FRAMEWRIGHT_FFPROBE: config.media.ffprobe,
        FRAMEWRIGHT_COMPONENT: refText(component),
        ...(weights.length > 0 ? { FRAMEWRIGHT_WEIGHTS: weightsVariable(weights) } : {}),
      },
      logging: LogDriver.awsLogs({ streamPrefix: component.version, logGroup }),
    });
    accept(
      container.executionRole,
      'IAM5[Resource::*]',
      'a login to ECR is for the whole registry; pulling is limited to the one repository',
    );
    const definition = new EcsJobDefinition(this, refText(component), {
      jobDefinitionName: names.jobDefinition(component.id, component.version),
      container,
      retryAttempts: ATTEMPTS,
      retryStrategies: retryRules(),
      timeout: Duration.seconds(component.attemptTimeoutSeconds),
      schedulingPriority: 1,
    });
    // The next version is another resource beside this one: jobs that began with this one end with it. It costs nothing.
    definition.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

/**
 * The job definition of a component's version, without a revision, so that Batch takes the newest when a job is submitted. With one it
 * would be an export of the compute stack that the pipeline imports, and CloudFormation refuses to change an export that is in use.
 */
export const jobDefinitionArn = (name: string): string =>
  `arn:${Aws.PARTITION}:batch:${Aws.REGION}:${Aws.ACCOUNT_ID}:job-definition/${name}`;
