import { Duration } from 'aws-cdk-lib';
import {
  AllocationStrategy,
  EcsMachineImageType,
  FairshareSchedulingPolicy,
  JobQueue,
  JobStateTimeLimitActionsReason,
  ManagedEc2EcsComputeEnvironment,
} from 'aws-cdk-lib/aws-batch';
import { InstanceType, type ISecurityGroup, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TIERS } from '#contracts/stages';
import { accept } from '../patterns/grants.ts';
import { WorkerHost } from './worker-host.ts';

export interface ShareQueueProps {
  readonly vpc: IVpc;
  readonly securityGroup: ISecurityGroup;
  readonly gpu: boolean;
  readonly instanceTypes: readonly string[];
  /** Spot machines come cheap and go without asking. */
  readonly market: 'spot' | 'on-demand';
  readonly vcpus: number;
}

/** A preview is waited for by a person, so its share counts half: it gets twice the machines of a final while both wait. */
const WEIGHT: Record<(typeof TIERS)[number], number> = { preview: 0.5, final: 1 };

/**
 * A queue shared by all tenants and both tiers, on machines of one market: with a second environment on demand in the same queue, Batch would
 * use it whenever spot is merely busy.
 */
export class ShareQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ShareQueueProps) {
    super(scope, id);
    const host = new WorkerHost(this, 'Host');
    const instanceRole = new Role(this, 'InstanceRole', {
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      description: 'The container agent of a worker machine; workers themselves have their own roles',
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonEC2ContainerServiceforEC2Role')],
    });
    accept(
      instanceRole,
      'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role]',
      'AWS keeps this policy in step with the container agent that it ships in the machine image',
    );

    const spot = props.market === 'spot';
    const machines = new ManagedEc2EcsComputeEnvironment(this, spot ? 'Spot' : 'OnDemand', {
      vpc: props.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [props.securityGroup],
      spot,
      // Weighs price and depth of the market: the cheapest pool is often the next to be reclaimed.
      allocationStrategy: spot ? AllocationStrategy.SPOT_PRICE_CAPACITY_OPTIMIZED : AllocationStrategy.BEST_FIT_PROGRESSIVE,
      instanceTypes: props.instanceTypes.map((type) => new InstanceType(type)),
      useOptimalInstanceClasses: false,
      images: [{ imageType: props.gpu ? EcsMachineImageType.ECS_AL2023_NVIDIA : EcsMachineImageType.ECS_AL2023 }],
      instanceRole,
      launchTemplate: host.template,
      minvCpus: 0, // an idle queue costs nothing
      maxvCpus: props.vcpus,
      updateToLatestImageVersion: true,
      replaceComputeEnvironment: false,
    });

    const policy = new FairshareSchedulingPolicy(this, 'Shares', {
      shareDecay: Duration.minutes(10), // about the length of a render: what a tier used an hour ago is forgotten
      computeReservation: 0,
      shares: TIERS.map((tier) => ({ shareIdentifier: tier, weightFactor: WEIGHT[tier] })),
    });
    const queue = new JobQueue(this, 'Queue', {
      computeEnvironments: [{ computeEnvironment: machines, order: 1 }],
      schedulingPolicy: policy,
      priority: 1,
      // Jobs that no machine of the queue could ever hold would wait until the machine's timeout; ten minutes say it sooner.
      jobStateTimeLimitActions: [
        JobStateTimeLimitActionsReason.COMPUTE_ENVIRONMENT_MAX_RESOURCE,
        JobStateTimeLimitActionsReason.JOB_RESOURCE_REQUIREMENT,
      ].map((reason) => ({ reason, maxTime: Duration.minutes(10) })),
    });
    this.arn = queue.jobQueueArn;
  }
}
