import { join } from 'node:path';
import { cloudFormation, kms, ssm } from '#adapters/aws/clients';
import { bundle, thisMachine } from '../bundle.ts';
import { down, type RunningDaemon, status, up } from '../local/daemon.ts';
import { bootstrapAndDeploy } from '../local/deploy.ts';
import { ensureDevelopmentCertificates } from '../local/dev-certificates.ts';
import { readStackOutputs } from './stack-outputs.ts';
import { goTo, type Where, whereTo } from './where.ts';

/** What happens on the way up, for whoever watches. */
export interface Steps {
  /** A step begins; the words fit on a line. */
  readonly step: (name: string) => void;
  /** What a step's program printed. */
  readonly detail: (line: string) => void;
}

export interface UpResult {
  readonly daemon: RunningDaemon;
  readonly where: Where;
  readonly hasDeployed: boolean;
}

/**
 * Brings up a local AWS with the product deployed on it; does only what is not done yet. When `signal` aborts on the way, what this call
 * started is stopped again, and what ran before stays.
 */
export async function bringUp(
  root: string,
  steps: Steps,
  signal: AbortSignal,
  ports: { port?: number; batchPort?: number } = {},
): Promise<UpResult> {
  const wasUp = status(root) !== undefined;
  try {
    signal.throwIfAborted();
    steps.step('bundle the code');
    await bundle(root, thisMachine());
    signal.throwIfAborted();
    steps.step(wasUp ? 'use the local AWS that is up' : 'start the local AWS');
    const daemon = await up(root, ports);
    signal.throwIfAborted();
    const where = whereTo({ local: true }, daemon, process.env);
    goTo(where, process.env);

    steps.step('deploy the stacks');
    const { hasChanged } = await bootstrapAndDeploy(daemon, {
      root,
      onLine: steps.detail,
      context: { environment: 'local' },
      signal,
    });
    signal.throwIfAborted();
    const outputs = await readStackOutputs(cloudFormation(), where.name);
    steps.step('make certificates for the signing key');
    await ensureDevelopmentCertificates({
      kms: kms(),
      ssm: ssm(),
      keyId: outputs.get('SigningKeyId'),
      directory: join(root, '.framewright', 'pki'),
    });
    return { daemon, where, hasDeployed: hasChanged };
  } catch (error) {
    if (signal.aborted && !wasUp) await down(root);
    throw signal.aborted ? signal.reason : error;
  }
}
