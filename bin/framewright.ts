import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { framewright } from '#lib/app';
import { bundledAssets } from '#lib/assets';
import { readComponents } from '#lib/components';
import { readConfig } from '#lib/config';

const root = join(import.meta.dirname, '..');
const app = new App();
const config = readConfig({
  environment: app.node.tryGetContext('environment'),
  alarmEmail: app.node.tryGetContext('alarmEmail'),
  dailySpendLimitUsd: app.node.tryGetContext('dailySpendLimitUsd'),
  gpuModels: app.node.tryGetContext('gpuModels'),
  safetyPolicies: app.node.tryGetContext('safetyPolicies'),
  likenessList: app.node.tryGetContext('likenessList'),
  cloudVoters: app.node.tryGetContext('cloudVoters'),
  endpoint: process.env.AWS_ENDPOINT_URL,
  projectRoot: root,
});
framewright(app, { config, assets: bundledAssets(root), components: readComponents(root, config.gpuModels) });
