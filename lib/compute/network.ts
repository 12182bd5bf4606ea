import { RemovalPolicy } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';

/**
 * Workers live in private subnets and can be reached from nowhere. All their bytes (artifacts and image layers) go through the free S3
 * gateway endpoint; one NAT gateway (about $32 a month) carries the small talk of ECS, logs and events. The seven interface endpoints
 * that would replace it cost about $150 a month in three zones, and public addresses on workers would have to be defended.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  readonly workers: SecurityGroup;

  constructor(scope: Construct, id: string, { config }: { readonly config: Config }) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.71.0.0/16'),
      maxAzs: 3,
      natGateways: 1,
      restrictDefaultSecurityGroup: false, // nothing is in it; restricting it takes a custom resource
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 26, mapPublicIpOnLaunch: false }, // the NAT gateway and nothing else
        { name: 'workers', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 20 }, // 4,091 addresses a zone
      ],
      gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
    });
    this.vpc.addFlowLog('Flow', {
      trafficType: FlowLogTrafficType.ALL,
      destination: FlowLogDestination.toCloudWatchLogs(
        new LogGroup(this, 'FlowLogs', { retention: config.retentionDays.logs, removalPolicy: RemovalPolicy.DESTROY }),
      ),
    });
    this.workers = new SecurityGroup(this, 'WorkerTraffic', {
      vpc: this.vpc,
      description: 'Batch workers: nothing comes in, only HTTPS goes out',
      allowAllOutbound: false,
    });
    this.workers.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'AWS services over TLS');
  }
}
