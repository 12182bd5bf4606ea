import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { fingerprintOf, readJson } from './fingerprint.ts';
import { inertResources, stackTemplates } from './inert-resources.ts';
import type { LocalAws } from './local-aws.ts';
import { localPaths } from './paths.ts';
import { runLines } from './run-lines.ts';

export interface DeployOptions {
  /** The folder with cdk.json. */
  readonly root: string;
  /** Called for every line worth showing. */
  readonly onLine: (line: string) => void;
  /** CDK context, for example `{ environment: 'local' }`. */
  readonly context?: Readonly<Record<string, string>> | undefined;
  /** Ends the CDK that runs; the promise then rejects. */
  readonly signal?: AbortSignal | undefined;
}

export interface Deployment {
  /** False when the stacks were already there as synthesized, so nothing was done. */
  readonly hasChanged: boolean;
  readonly seconds: { readonly synth: number; readonly bootstrap: number; readonly deploy: number };
  /** Outputs by stack name, then by output name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What of a local AWS a deployment needs: one of our own, or the one in the background. */
export type Deployable = Pick<LocalAws, 'endpoint' | 'stateDirectory' | 'environment'>;

/** What a deployment left behind: if all of it is still true, there is nothing to do. */
interface Stamp {
  readonly inputs: string;
  readonly assembly: string;
  /** Stack ids are made anew by every deployment into an empty instance, so they tell one instance from the next. */
  readonly stackIds: Readonly<Record<string, string>>;
}

/** What the synthesized app is made of. Lambda and worker code reaches it through dist, whose hashes the bundler writes down. */
const INPUTS = ['bin', 'lib', 'contracts', 'containers', 'dist/assets.json', 'cdk.json', 'package-lock.json'];
/** Stacks that do not depend on each other deploy side by side; more helps nothing on two cores. */
const CONCURRENCY = '4';

/** The real `cdk bootstrap` and `cdk deploy --all` against a local AWS; skipped when nothing has changed since the last time. */
export async function bootstrapAndDeploy(local: Deployable, options: DeployOptions): Promise<Deployment> {
  const { root, onLine } = options;
  const folder = join(local.stateDirectory, 'deploy');
  const assembly = join(folder, 'cdk.out');
  const stampPath = join(folder, 'stamp.json');
  mkdirSync(folder, { recursive: true });
  const cloudFormation = new CloudFormationClient({
    endpoint: local.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  const before = await stacksOf(cloudFormation);
  const stamp = readJson<Stamp>(stampPath);
  const isStanding = stamp !== undefined && Object.entries(stamp.stackIds).every(([name, id]) => before.get(name)?.id === id);
  const inputs = fingerprintOf(INPUTS.map((each) => join(root, each))) + JSON.stringify(options.context ?? {});
  const nothing = { hasChanged: false, seconds: { synth: 0, bootstrap: 0, deploy: 0 }, outputs: outputsOf(before) };
  if (isStanding && stamp.inputs === inputs) return nothing;

  const cdk = (args: readonly string[], cwd: string) =>
    runLines(join(localPaths(root).binaries, 'cdk'), [...args, '--no-notices', '--ci', '--no-color'], {
      cwd,
      env: cdkEnvironment(root, local),
      onLine,
      signal: options.signal,
    });
  const context = Object.entries(options.context ?? {}).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
  // Archives are taken from where the bundler left them: a copy of them all would be 226 MB, written and hashed again.
  const synthesize = timed(() => cdk(['synth', '--quiet', '--no-staging', '--output', assembly, ...context], root));
  // Bootstrap looks at no app, so it runs in a folder without one, at the same time.
  const bootstrap = before.has('CDKToolkit') ? Promise.resolve(0) : timed(() => cdk(['bootstrap', 'aws://000000000000/us-east-1'], folder));
  const [synth, bootstrapped] = await Promise.all([synthesize, bootstrap]);

  const assemblyHash = fingerprintOf([assembly]);
  if (isStanding && stamp.assembly === assemblyHash) {
    writeStamp(stampPath, { ...stamp, inputs });
    return { ...nothing, seconds: { synth, bootstrap: bootstrapped, deploy: 0 } };
  }
  for (const line of inertResources(stackTemplates(assembly))) onLine(line);
  const deploy = await timed(() =>
    cdk(['deploy', '--app', assembly, '--all', '--require-approval', 'never', '--method', 'direct', '--concurrency', CONCURRENCY], folder),
  );
  const after = await stacksOf(cloudFormation);
  const stackIds = Object.fromEntries([...after].map(([name, { id }]) => [name, id]));
  writeStamp(stampPath, { inputs, assembly: assemblyHash, stackIds });
  return { hasChanged: true, seconds: { synth, bootstrap: bootstrapped, deploy }, outputs: outputsOf(after) };
}

interface Stack {
  readonly id: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The outputs of every stack that stands, for a local AWS that was deployed to earlier. */
export async function deployedOutputs(endpoint: string): Promise<Deployment['outputs']> {
  return outputsOf(
    await stacksOf(
      new CloudFormationClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }),
    ),
  );
}

async function stacksOf(client: CloudFormationClient): Promise<Map<string, Stack>> {
  const stacks = new Map<string, Stack>();
  for await (const page of paginateDescribeStacks({ client }, {})) {
    for (const { StackName, StackId, StackStatus, Outputs = [] } of page.Stacks ?? []) {
      if (StackName === undefined || StackId === undefined || !/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus ?? '')) continue;
      stacks.set(StackName, {
        id: StackId,
        outputs: Object.fromEntries(Outputs.map((output) => [output.OutputKey ?? '', output.OutputValue ?? ''])),
      });
    }
  }
  return stacks;
}

const outputsOf = (stacks: ReadonlyMap<string, Stack>): Deployment['outputs'] =>
  Object.fromEntries([...stacks].filter(([name]) => name !== 'CDKToolkit').map(([name, { outputs }]) => [name, outputs]));

/** The caller's own AWS settings must not leak in: a profile would send the deployment to a real account. */
function cdkEnvironment(root: string, local: Deployable): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return {
    ...Object.fromEntries(own),
    ...local.environment,
    CDK_VALIDATION: 'false', // CloudFormation's schemas are checked by the template tests; here they would cost 4 s of CPU every time
    PATH: `${localPaths(root).binaries}:${process.env.PATH ?? ''}`,
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start) / 1000;
}

const writeStamp = (path: string, stamp: Stamp): void => writeFileSync(path, JSON.stringify(stamp));
