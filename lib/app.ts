import { type App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Component } from '#contracts/component';
import type { Assets } from './assets.ts';
import type { Config } from './config.ts';
import { ComputeStack } from './stacks/compute-stack.ts';
import { DeliveryStack } from './stacks/delivery-stack.ts';
import { OperationsStack } from './stacks/operations-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { ReviewStack } from './stacks/review-stack.ts';
import { StorageStack } from './stacks/storage-stack.ts';

export interface FramewrightProps {
  readonly config: Config;
  readonly assets: Assets;
  readonly components: readonly Component[];
}

/** All stacks of one deployment, cut by how long things live: data stays, code comes and goes. */
export function framewright(app: App, { config, assets, components }: FramewrightProps) {
  const storage = new StorageStack(app, 'Framewright-Storage', { config, description: 'Framewright: buckets, table, bus and signing key' });
  const compute = new ComputeStack(app, 'Framewright-Compute', {
    config,
    assets,
    storage,
    components,
    description: 'Framewright: network, Batch and worker images',
  });
  const pipeline = new PipelineStack(app, 'Framewright-Pipeline', {
    config,
    assets,
    storage,
    compute,
    description: 'Framewright: stages, machines and ledger',
  });
  const review = new ReviewStack(app, 'Framewright-Review', {
    config,
    assets,
    storage,
    description: 'Framewright: where people decide, how they enter, and what they see',
  });
  const delivery = new DeliveryStack(app, 'Framewright-Delivery', {
    config,
    storage,
    description: 'Framewright: published clips over a CDN',
  });
  const operations = new OperationsStack(app, 'Framewright-Operations', {
    config,
    storage,
    pipeline,
    review,
    description: 'Framewright: alarms, dashboard, saved questions',
  });
  Tags.of(app).add('framewright', config.environment);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { storage, compute, pipeline, review, delivery, operations };
}
