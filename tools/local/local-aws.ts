import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { type OwnedProcess, startOwned, tailOf } from './owned-process.ts';
import { type LocalPaths, localPaths } from './paths.ts';
import { claimPort } from './ports.ts';
import { SavedInstance } from './saved-instance.ts';

export interface LocalAwsOptions {
  /** The project's root folder. */
  readonly root: string;
  /** Where logs, job scratch folders and saved state go. */
  readonly stateDirectory: string;
  readonly port?: number | undefined;
  readonly batchPort?: number | undefined;
  /** Start from what an earlier instance saved in the same state directory, and save again at the end; otherwise start empty. */
  readonly persist?: boolean | undefined;
  /** Folders searched for `<component>/main.mjs` before the built ones; for tests with workers of their own. */
  readonly componentDirectories?: readonly string[] | undefined;
}

export interface LocalAws {
  readonly endpoint: string;
  readonly batchEndpoint: string;
  /** What an SDK client or the CDK needs in its environment to talk to this instance and to nothing else. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stateDirectory: string;
  readonly pids: { readonly aws: number; readonly batch: number };
  readonly logs: { readonly aws: string; readonly batch: string };
  /** Settles with a description when one of the servers ends before `stop` was called. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

/** The launcher imports a large part of the emulator at start: about 2.5 s on two idle cores, far more on a busy machine. */
const START_TIMEOUT_MS = 60_000;
const HEALTH_CHECK_EVERY_MS = 50;

/** Starts the emulator with our launcher and the local Batch, both on the loopback interface, and waits until both answer. */
export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const root = resolve(options.root);
  const stateDirectory = resolve(options.stateDirectory);
  const paths = localPaths(root);
  checkInstalled(paths);
  mkdirSync(stateDirectory, { recursive: true });
  rmSync(temporary(stateDirectory), { recursive: true, force: true });
  mkdirSync(temporary(stateDirectory));
  // The emulator's own worker is CommonJS; without this, Node takes it for a module of ours when the folder lies in the project.
  writeFileSync(join(temporary(stateDirectory), 'package.json'), '{ "type": "commonjs" }');

  const saved = new SavedInstance(stateDirectory);
  const port = await saved.open({ keep: options.persist ?? false, port: options.port });
  const endpoint = `http://127.0.0.1:${port}`;
  const environment = localEnvironment(endpoint);
  const base = baseEnvironment(paths, environment);
  const processes: OwnedProcess[] = [];
  try {
    const batch = startOwned('local Batch', process.execPath, [paths.batchMain], {
      cwd: root,
      logPath: join(stateDirectory, 'batch.log'),
      readsOutput: true,
      env: {
        ...base,
        LOCAL_BATCH_PORT: String(await claimPort(options.batchPort, 'the local Batch')),
        LOCAL_BATCH_STATE: stateDirectory,
        LOCAL_BATCH_COMPONENTS: [...(options.componentDirectories ?? []), paths.images, paths.components].join(delimiter),
      },
    });
    processes.push(batch);
    const batchEndpoint = `http://127.0.0.1:${await portOf(batch)}`;
    const aws = startOwned('local AWS', paths.python, ['-m', 'launcher'], {
      cwd: paths.launcherParent,
      logPath: join(stateDirectory, 'aws.log'),
      readsOutput: false,
      env: { ...base, ...emulatorSettings(port, batchEndpoint, stateDirectory, options.persist ?? false) },
    });
    processes.push(aws);
    await answers(`${endpoint}/_ministack/health`, aws);

    let isStopping = false;
    const failed = Promise.race([batch, aws].map(async (each) => ending(each, await each.ended))).then((why) =>
      isStopping ? 'stopped' : why,
    );
    return {
      endpoint,
      batchEndpoint,
      environment,
      stateDirectory,
      pids: { aws: aws.pid, batch: batch.pid },
      logs: { aws: aws.logPath, batch: batch.logPath },
      failed,
      async stop() {
        isStopping = true;
        // Batch first: its jobs still speak to the emulator while they end.
        const hasSaved = [await batch.stop(), await aws.stop()];
        if (hasSaved.every(Boolean)) saved.close();
      },
    };
  } catch (error) {
    await Promise.all(processes.map((each) => each.stop()));
    throw error;
  }
}

/** The variables that point SDKs and the CDK at a local AWS. The keys are not secret: nothing checks them. */
export function localEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    CDK_DEFAULT_ACCOUNT: '000000000000',
    CDK_DEFAULT_REGION: 'us-east-1',
    // Nothing may leave the machine: no instance metadata, no notices, no telemetry.
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}

function baseEnvironment(paths: LocalPaths, environment: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '/usr/bin:/bin', HOME = '/', TMPDIR, LANG } = process.env;
  return {
    ...environment,
    PATH: [paths.binaries, dirname(process.execPath), PATH].join(delimiter),
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    ...(LANG === undefined ? {} : { LANG }),
    FRAMEWRIGHT_FFMPEG: paths.ffmpeg,
    FRAMEWRIGHT_FFPROBE: paths.ffprobe,
  };
}

function emulatorSettings(port: number, batchEndpoint: string, stateDirectory: string, persist: boolean): Record<string, string> {
  return {
    GATEWAY_PORT: String(port),
    LOCAL_BATCH_URL: batchEndpoint,
    PERSIST_STATE: persist ? '1' : '0',
    S3_PERSIST: persist ? '1' : '0',
    STATE_DIR: join(stateDirectory, 'aws-state'),
    S3_DATA_DIR: join(stateDirectory, 's3'),
    // The folders of Lambda workers go there, so that a crash leaves nothing outside the state directory.
    TMPDIR: temporary(stateDirectory),
  };
}

function checkInstalled(paths: LocalPaths): void {
  if (existsSync(paths.python)) return;
  throw new Error(
    `expected the emulator's Python environment at ${paths.python}, found nothing; run any npm script once (for example: npm run local -- up)`,
  );
}

async function portOf(batch: OwnedProcess): Promise<number> {
  const line = await batch.firstLine;
  const parsed: unknown = line.startsWith('{') ? JSON.parse(line) : undefined;
  if (typeof parsed === 'object' && parsed !== null && 'port' in parsed && typeof parsed.port === 'number') return parsed.port;
  throw new Error(ending(batch, await batch.ended));
}

async function answers(url: string, server: OwnedProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (server.hasEnded()) throw new Error(ending(server, await server.ended));
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resume) => setTimeout(resume, HEALTH_CHECK_EVERY_MS));
  }
  throw new Error(
    `the ${server.name} did not answer within ${START_TIMEOUT_MS / 1000} s; the end of ${server.logPath}:\n${tailOf(server.logPath)}`,
  );
}

const temporary = (stateDirectory: string): string => join(stateDirectory, 'tmp');

const ending = (server: OwnedProcess, how: string): string =>
  `the ${server.name} ended unexpectedly (${how}); the end of ${server.logPath}:\n${tailOf(server.logPath)}`;
