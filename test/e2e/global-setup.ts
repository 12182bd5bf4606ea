import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { cloudFormation, kms, ssm } from '#adapters/aws/clients';
import { bundle, thisMachine } from '../../tools/bundle.ts';
import { readStackOutputs } from '../../tools/cli/stack-outputs.ts';
import { bootstrapAndDeploy } from '../../tools/local/deploy.ts';
import { ensureDevelopmentCertificates } from '../../tools/local/dev-certificates.ts';
import { startLocalAws } from '../../tools/local/local-aws.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

declare module 'vitest' {
  export interface ProvidedContext {
    deployment: Deployment;
  }
}

/** What a scenario must know of the one deployment that all of them share. */
export interface Deployment {
  readonly endpoint: string;
  readonly batchEndpoint: string;
  readonly environment: Readonly<Record<string, string>>;
  /** PEM roots that published clips are trusted under. */
  readonly anchors: string;
  /** ARN of the Batch queue that shots of the default component are rendered from: it needs no GPU. */
  readonly shotsQueue: string;
  /** Seconds from nothing to a deployed product. */
  readonly seconds: number;
}

/** The real bundle, the real `cdk bootstrap` and `cdk deploy --all` on an empty local AWS; once for all scenarios. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const began = performance.now();
  const stateDirectory = mkdtempSync(join(tmpdir(), 'framewright-e2e-'));
  await bundle(ROOT, thisMachine());
  const local = await startLocalAws({ root: ROOT, stateDirectory });
  const clean = async () => {
    await local.stop();
    rmSync(stateDirectory, { recursive: true, force: true });
  };
  const log: string[] = [];
  // One tenant asks for a voter that is not switched on here, so that every clip of theirs has to be seen by a person.
  const context = { environment: 'local', safetyPolicies: 'test/e2e/policy' };
  try {
    const deployed = await bootstrapAndDeploy(local, { root: ROOT, onLine: (line) => log.push(line), context });
    const target = {
      endpoint: local.endpoint,
      region: 'us-east-1',
      credentials: async () => ({ accessKeyId: 'test', secretAccessKey: 'test' }),
    };
    const outputs = await readStackOutputs(cloudFormation(target), 'the local AWS of the end-to-end tests');
    const { anchors } = await ensureDevelopmentCertificates({
      kms: kms(target),
      ssm: ssm(target),
      keyId: outputs.get('SigningKeyId'),
      directory: join(stateDirectory, 'pki'),
    });
    project.provide('deployment', {
      endpoint: local.endpoint,
      batchEndpoint: local.batchEndpoint,
      environment: local.environment,
      anchors,
      shotsQueue: deployed.outputs['Framewright-Compute']?.PostQueue ?? '',
      seconds: Math.round((performance.now() - began) / 100) / 10,
    });
    return clean;
  } catch (error) {
    await clean();
    throw new Error(`the deployment for the end-to-end tests failed; its last lines:\n${log.slice(-30).join('\n')}`, { cause: error });
  }
}
