import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startLocalAws } from '../../tools/local/local-aws.ts';
import './local-aws-instance.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Starts one empty local AWS for all files of a project and stops it after the last one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'framewright-local-aws-'));
  const local = await startLocalAws({
    root: dirname(dirname(here)),
    stateDirectory,
    componentDirectories: [join(here, 'workers')],
  });
  const { endpoint, batchEndpoint, environment, pids, logs } = local;
  project.provide('localAws', { endpoint, batchEndpoint, environment, stateDirectory, pids, logs });
  return async () => {
    await local.stop();
    rmSync(stateDirectory, { recursive: true, force: true });
  };
}
