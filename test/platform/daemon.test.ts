import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, expect, it } from 'vitest';
import { down, logPaths, stateFile, status, up } from '../../tools/local/daemon.ts';
import { eventually, ROLE } from './aws.ts';
import { isAlive } from './processes.ts';
import { zipOf } from './zip.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** A project folder of its own, so that the daemon of whoever runs the tests is left alone. */
const root = mkdtempSync(join(tmpdir(), 'framewright-daemon-'));
mkdirSync(join(root, '.framewright'));
for (const shared of ['tools', 'node_modules', 'package.json', '.framewright/venv', '.framewright/media'])
  symlinkSync(join(project, shared), join(root, shared));
afterAll(() => down(root));

it('up, status and down can each be said any number of times', async () => {
  expect(status(root)).toBeUndefined();
  expect(await down(root)).toBe(false);

  const first = await up(root);
  const second = await up(root);
  expect(second.daemon).toEqual(first.daemon);
  expect(status(root)).toMatchObject({ endpoint: first.endpoint, environment: { AWS_ENDPOINT_URL: first.endpoint } });
  expect(readFileSync(logPaths(root).aws, 'utf8')).toContain('Ready');

  expect(await down(root)).toBe(true);
  expect(status(root)).toBeUndefined();
  expect([first.daemon.pid, first.pids.aws, first.pids.batch].some(isAlive)).toBe(false);
});

it('the workers of functions are gone when the local AWS is', async () => {
  const { endpoint } = await up(root);
  const client = new LambdaClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  const text = 'export const handler = async () => process.pid; process.on("SIGTERM", () => {}); setInterval(() => {}, 1000);';
  const Code = { ZipFile: zipOf({ 'index.mjs': { text } }) };
  await client.send(new CreateFunctionCommand({ FunctionName: 'f', Runtime: 'nodejs24.x', Handler: 'index.handler', Role: ROLE, Code }));
  const { Payload = new Uint8Array() } = await client.send(new InvokeCommand({ FunctionName: 'f' }));
  const worker = Number(Buffer.from(Payload).toString());
  expect(isAlive(worker)).toBe(true);
  await down(root);
  expect(isAlive(worker)).toBe(false);
});

it('a daemon that was killed is not taken for a running one, and takes its servers with it', async () => {
  const { daemon, pids } = await up(root);
  process.kill(daemon.pid, 'SIGKILL');
  await eventually('the servers to end', async () => ([pids.aws, pids.batch].some(isAlive) ? undefined : true));
  expect(status(root)).toBeUndefined();
  const again = await up(root);
  expect(again.daemon.pid).not.toBe(daemon.pid);
  await down(root);
});

it('a state file that names the process of somebody else counts as none', () => {
  writeFileSync(stateFile(root), JSON.stringify({ daemon: { pid: process.pid, started: 'another boot' }, endpoint: 'http://127.0.0.1:1' }));
  expect(status(root)).toBeUndefined();
});
