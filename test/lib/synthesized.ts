import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Component } from '#contracts/component';
import { framewright } from '#lib/app';
import { inlineAssets } from '#lib/assets';
import { readComponents } from '#lib/components';
import { type ConfigSources, type EnvironmentName, readConfig } from '#lib/config';

export interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
}
export interface Template {
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { Value: unknown }>;
}
export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of a template have no type; a test reads what it asserts
  readonly properties: any;
  readonly resource: Resource;
}

export const root = resolve(import.meta.dirname, '../..');
const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };

export const STACKS = ['Storage', 'Compute', 'Pipeline', 'Review', 'Delivery', 'Operations'] as const;

/** The whole app as a template test sees it: real components, no bundles. Returns the text of each stack's template. */
export function synthesize(
  environment: EnvironmentName,
  alsoIn: (app: App) => void = () => {},
  components: readonly Component[] = readComponents(root),
  settings: Partial<ConfigSources> = {},
): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'framewright-synth-'));
  try {
    const app = new App({ outdir, context });
    framewright(app, {
      config: readConfig({ environment, projectRoot: '/work', ...settings }),
      assets: inlineAssets(),
      components,
    });
    alsoIn(app);
    app.synth();
    return Object.fromEntries(STACKS.map((name) => [name, readFileSync(join(outdir, `Framewright-${name}.template.json`), 'utf8')]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** CloudFormation's own schemas and AwsSolutions are looked at by one test; the others save those 4 s. */
const quietly = (environment: EnvironmentName, components?: readonly Component[]): Record<string, Template> => {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = 'false';
  try {
    return Object.fromEntries(
      Object.entries(synthesize(environment, undefined, components)).map(([stack, text]) => [stack, JSON.parse(text)]),
    );
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
  }
};

let aws: Record<string, Template> | undefined;
export const awsTemplates = (): Record<string, Template> => {
  aws ??= quietly('aws');
  return aws;
};
export const localTemplates = (): Record<string, Template> => quietly('local');
/** The app as it would be with other components. */
export const templatesWith = (components: readonly Component[]): Record<string, Template> => quietly('aws', components);

export function resources(type?: string, templates = awsTemplates()): Found[] {
  return Object.entries(templates).flatMap(([stack, template]) =>
    Object.entries(template.Resources)
      .filter(([, resource]) => type === undefined || resource.Type === type)
      .map(([id, resource]) => ({ stack, id, type: resource.Type, properties: resource.Properties ?? {}, resource })),
  );
}
