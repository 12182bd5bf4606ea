import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Component } from '#contracts/component';
import type { Assets } from '../assets.ts';
import { refuseUnlicensed } from '../compute/licence-policy.ts';
import { Network } from '../compute/network.ts';
import { ShareQueue } from '../compute/share-queue.ts';
import { WorkerImages } from '../compute/worker-images.ts';
import { Workers } from '../compute/workers.ts';
import type { Config } from '../config.ts';
import type { StorageStack } from './storage-stack.ts';

export interface ComputeStackProps extends StackProps {
  readonly config: Config;
  readonly assets: Assets;
  readonly storage: StorageStack;
  readonly components: readonly Component[];
}

/** Machines for long work: network, Batch and the images that workers run from. */
export class ComputeStack extends Stack {
  readonly generateQueueArn: string;
  readonly postQueueArn: string;
  readonly components: readonly Component[];

  constructor(scope: Construct, id: string, { config, assets, storage, components, ...props }: ComputeStackProps) {
    super(scope, id, props);
    refuseUnlicensed(components, config.licences);
    const { vpc, workers } = new Network(this, 'Network', { config });

    const generate = new ShareQueue(this, 'Generate', {
      vpc,
      securityGroup: workers,
      gpu: true,
      instanceTypes: config.instanceTypes.generate,
      spotVcpus: config.maxVcpus.generateSpot,
      onDemandVcpus: config.maxVcpus.generateOnDemand,
    });
    const post = new ShareQueue(this, 'Post', {
      vpc,
      securityGroup: workers,
      gpu: false,
      instanceTypes: config.instanceTypes.post,
      spotVcpus: config.maxVcpus.post,
    });
    const images = new WorkerImages(this, 'Images', { config, assets, components });
    new Workers(this, 'Workers', { config, assets, storage, components, images });
    this.components = components;
    this.generateQueueArn = generate.arn;
    this.postQueueArn = post.arn;

    new CfnOutput(this, 'QueueOutput', { value: generate.arn }).overrideLogicalId('GenerateQueue');
    new CfnOutput(this, 'PostQueueOutput', { value: post.arn }).overrideLogicalId('PostQueue');
  }

  /** Three zones, found at deployment: a GPU that is sold out in one is often there in the next, and synthesis asks no account. */
  override get availabilityZones(): string[] {
    return [0, 1, 2].map((index) => Fn.select(index, Fn.getAzs()));
  }
}
