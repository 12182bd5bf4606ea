import { InvokeCommand, PublishLayerVersionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { lambda, lambdaFunction, unique } from './aws.ts';
import { zipOf } from './zip.ts';

const invoke = async (FunctionName: string, event: unknown = {}) => {
  const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  return { error: FunctionError, result: JSON.parse(Buffer.from(Payload ?? []).toString()) };
};

it('Lambda runs ES module handlers on Node 24', async () => {
  const { result } = await invoke(await lambdaFunction('export const handler = async () => process.versions.node;'));
  expect(result).toMatch(/^24\./);
});

it('Lambda reports the name of a thrown error as its type', async () => {
  const arn = await lambdaFunction(
    `export const handler = async () => { throw Object.assign(new Error('no'), { name: 'Brief.Rejected' }); };`,
  );
  expect(await invoke(arn)).toMatchObject({ error: 'Unhandled', result: { errorType: 'Brief.Rejected', errorMessage: 'no' } });
});

it('Lambda can execute a program that is inside the zip', async () => {
  const arn = await lambdaFunction(
    `import { execFileSync } from 'node:child_process';
     export const handler = async () => execFileSync(new URL('./tool', import.meta.url).pathname, { encoding: 'utf8' });`,
    { tool: { text: '#!/bin/sh\nprintf works', isProgram: true } },
  );
  expect((await invoke(arn)).result).toBe('works');
});

it('Lambda finds the programs of a layer on the PATH, as /opt/bin is on AWS', async () => {
  const { LayerVersionArn = '' } = await lambda.send(
    new PublishLayerVersionCommand({
      LayerName: unique('tools'),
      Content: { ZipFile: zipOf({ 'bin/layer-tool': { text: '#!/bin/sh\nprintf layered', isProgram: true } }) },
    }),
  );
  const arn = await lambdaFunction(
    `import { execFileSync } from 'node:child_process';
     export const handler = async () => execFileSync('layer-tool', { encoding: 'utf8' });`,
  );
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: arn, Layers: [LayerVersionArn] }));
  expect((await invoke(arn)).result).toBe('layered');
});

it('Lambda finds what a variable names under /opt in the layer that holds it, and nothing where no layer does', async () => {
  const { LayerVersionArn = '' } = await lambda.send(
    new PublishLayerVersionCommand({ LayerName: unique('files'), Content: { ZipFile: zipOf({ 'files/word.txt': { text: 'layered' } }) } }),
  );
  const arn = await lambdaFunction(
    `import { existsSync, readFileSync } from 'node:fs';
     export const handler = async () => [readFileSync(process.env.FILES + '/word.txt', 'utf8'), existsSync(process.env.OTHER), process.env.OTHER];`,
  );
  await lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: arn,
      Layers: [LayerVersionArn],
      Environment: { Variables: { FILES: '/opt/files', OTHER: '/opt/nowhere' } },
    }),
  );
  expect((await invoke(arn)).result).toEqual(['layered', false, '/opt/nowhere']);
});
