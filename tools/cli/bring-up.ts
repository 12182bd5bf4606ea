import { join } from 'node:path';
import { cloudFormation, kms, ssm } from '#adapters/aws/clients';
import { bundle, thisMachine } from '../bundle.ts';
import { down, type RunningDaemon, reset, status, up } from '../local/daemon.ts';
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
}

/** Of the hundreds of lines of a deployment: which stack is done, what is inert on this machine. A failure brings its own last lines. */
const WORTH_SHOWING = /^\s*✅|does nothing locally/;

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
    steps.step(`bundle the code; ${wasUp ? 'use the local AWS that is up' : 'start the local AWS'}`);
    let daemon = await bundledAndUp(root, ports, wasUp);
    signal.throwIfAborted();
    const where = await deploy(root, daemon, steps, signal).catch(async (error: unknown) => {
      if (wasUp || signal.aborted) throw error;
      // An instance that an earlier run saved could not be brought up to date: what it held is worth less than one that works.
      steps.detail(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
      steps.step('start again with an empty local AWS');
      await reset(root);
      daemon = await up(root, ports);
      return deploy(root, daemon, steps, signal);
    });
    return { daemon, where };
  } catch (error) {
    if (signal.aborted && !wasUp) await down(root);
    throw signal.aborted ? signal.reason : error;
  }
}

/** Bundles while the local AWS starts: neither needs the other. One that was started for code that cannot be bundled is stopped again. */
async function bundledAndUp(root: string, ports: { port?: number; batchPort?: number }, wasUp: boolean): Promise<RunningDaemon> {
  const [started, bundled] = await Promise.allSettled([up(root, ports), bundle(root, thisMachine())]);
  if (bundled.status === 'rejected') {
    if (!wasUp) await down(root);
    throw bundled.reason;
  }
  if (started.status === 'rejected') throw started.reason;
  return started.value;
}

/** Deploys what changed and gives the signing key its certificates; sends this process there. */
async function deploy(root: string, daemon: RunningDaemon, steps: Steps, signal: AbortSignal): Promise<Where> {
  signal.throwIfAborted();
  const where = whereTo({ local: true }, daemon, process.env);
  goTo(where, process.env);
  steps.step('deploy the stacks');
  const onLine = (line: string): void => {
    if (WORTH_SHOWING.test(line)) steps.detail(line.trim());
  };
  await bootstrapAndDeploy(daemon, { root, onLine, context: { environment: 'local' }, signal });
  signal.throwIfAborted();
  const outputs = await readStackOutputs(cloudFormation(), where.name);
  steps.step('make certificates for the signing key');
  const directory = join(root, '.framewright', 'pki');
  await ensureDevelopmentCertificates({ kms: kms(), ssm: ssm(), keyId: outputs.get('SigningKeyId'), directory });
  return where;
}
