import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { startLocalAws } from '../../tools/local/local-aws.ts';
import { eventually } from './aws.ts';
import { isAlive } from './processes.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

/** Another program that owns a local AWS with a job that would run for a minute; everything it has is listed in a file. */
async function owner(): Promise<{ child: ChildProcess; pids: number[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'framewright-owner-'));
  const list = join(folder, 'pids');
  const program = join(folder, 'owner.ts');
  writeFileSync(
    program,
    `import { startLocalAws } from ${JSON.stringify(join(root, 'tools/local/local-aws.ts'))};
     import { writeFileSync } from 'node:fs';
     const local = await startLocalAws({ root: ${JSON.stringify(root)}, stateDirectory: ${JSON.stringify(folder)}, componentDirectories: [${JSON.stringify(join(here, 'workers'))}] });
     const call = (name, body) => fetch(local.batchEndpoint + '/v1/' + name, { method: 'POST', body: JSON.stringify(body) });
     await call('createcomputeenvironment', { computeEnvironmentName: 'c', type: 'MANAGED' });
     await call('createjobqueue', { jobQueueName: 'q', priority: 1, computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'c' }] });
     await call('registerjobdefinition', { jobDefinitionName: 'd', type: 'container', containerProperties: { image: 'framewright/probe:1' } });
     const environment = [{ name: 'PROBE_MS', value: '60000' }, { name: 'PROBE_STUBBORN', value: '1' }, { name: 'PROBE_PID_FILE', value: ${JSON.stringify(join(folder, 'job-pids'))} }];
     await call('submitjob', { jobName: 'j', jobQueue: 'q', jobDefinition: 'd', containerOverrides: { environment } });
     writeFileSync(${JSON.stringify(list)}, JSON.stringify([local.pids.aws, local.pids.batch]));
     setInterval(() => {}, 1000);`,
  );
  const child = spawn(process.execPath, [program], { stdio: 'ignore' });
  const read = (path: string) =>
    eventually(`${path}`, async () =>
      existsSync(path) && readFileSync(path, 'utf8') !== '' ? (JSON.parse(readFileSync(path, 'utf8')) as number[]) : undefined,
    );
  return { child, pids: [...(await read(list)), ...(await read(join(folder, 'job-pids')))] };
}

it('nothing outlives an owner that is killed: no emulator, no Batch, no worker, no helper of a worker', async () => {
  const { child, pids } = await owner();
  expect(pids).toHaveLength(4);
  expect(pids.every(isAlive)).toBe(true);
  child.kill('SIGKILL');
  await eventually('all processes to end', async () => (pids.some(isAlive) ? undefined : true));
});

it('a taken port is named, with what to do about it', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const stateDirectory = mkdtempSync(join(tmpdir(), 'framewright-taken-'));
  await expect(startLocalAws({ root, stateDirectory, port })).rejects.toThrow(new RegExp(`port ${port}.*another program.*local -- down`));
  server.close();
});
