/**
 * The local Batch service as a process. It is told what to do by environment variables, prints one line of JSON with its port
 * when it is ready, and ends, together with every job, when its standard input closes or a signal asks for it.
 */
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';
import { Attempts } from './attempts.ts';
import { StateChangeEvents } from './events.ts';
import { batchServer } from './http.ts';
import { injections } from './injection.ts';
import { Jobs } from './jobs.ts';
import { operations } from './operations.ts';
import { Reaper } from './reaper.ts';
import { Registry } from './registry.ts';
import { StateFile } from './saved-state.ts';

const settings = z
  .object({
    AWS_ENDPOINT_URL: z.url(),
    AWS_REGION: z.string(),
    AWS_ACCESS_KEY_ID: z.string(),
    AWS_SECRET_ACCESS_KEY: z.string(),
    PATH: z.string(),
    FRAMEWRIGHT_FFMPEG: z.string(),
    FRAMEWRIGHT_FFPROBE: z.string(),
    LOCAL_BATCH_PORT: z.coerce.number().int(),
    LOCAL_BATCH_STATE: z.string(),
    /** Folders with `<component>/main.mjs`, in order of preference. */
    LOCAL_BATCH_COMPONENTS: z.string().transform((list) => list.split(delimiter)),
    /** Two GPU jobs at a time show contention on a laptop without starving it. */
    LOCAL_BATCH_GPUS: z.coerce.number().int().positive().default(2),
  })
  .parse(process.env);

const region = settings.AWS_REGION;
const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, PATH, FRAMEWRIGHT_FFMPEG, FRAMEWRIGHT_FFPROBE } = settings;
const environment = {
  AWS_ENDPOINT_URL,
  AWS_REGION,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY,
  AWS_EC2_METADATA_DISABLED: 'true',
  PATH,
  FRAMEWRIGHT_FFMPEG,
  FRAMEWRIGHT_FFPROBE,
};
const stateDirectory = settings.LOCAL_BATCH_STATE;
// Scratch folders of an earlier life belong to nobody.
rmSync(join(stateDirectory, 'scratch'), { recursive: true, force: true });

const now = () => Date.now();
const reaper = new Reaper();
const registry = new Registry(region);
const events = new StateChangeEvents(new EventBridgeClient({ region, endpoint: AWS_ENDPOINT_URL }));
const attempts = new Attempts(
  { node: process.execPath, componentDirectories: settings.LOCAL_BATCH_COMPONENTS, stateDirectory, environment, now },
  reaper,
);
const jobs = new Jobs(registry, attempts, {
  region,
  // Two cores even on a machine with one: a job of one vCPU must not keep the next from starting at all.
  capacity: { gpus: settings.LOCAL_BATCH_GPUS, cores: Math.max(2, availableParallelism()) },
  now,
  onChange: (job) => {
    events.publish(job);
    state.changed();
  },
});
const state = new StateFile(stateDirectory, () => ({ registry: registry.snapshot(), jobs: jobs.all() }));
const saved = state.load();
if (saved) {
  registry.restore(saved.registry);
  jobs.restore(saved.jobs);
}

const withSaving = Object.fromEntries(
  Object.entries(operations(registry, jobs)).map(([name, operation]) => [
    name,
    (body: unknown) => {
      const result = operation(body);
      if (!/^(describe|list)/.test(name)) state.changed();
      return result;
    },
  ]),
);
const server = batchServer(withSaving, injections(jobs, attempts));
server.on('error', (error) => {
  console.error(`the local Batch cannot listen on port ${settings.LOCAL_BATCH_PORT}: ${error.message}`);
  process.exit(1);
});
server.listen(settings.LOCAL_BATCH_PORT, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ port }));
});

let isEnding = false;
/** In order: jobs fail with a reason, their last events are delivered, everything is saved. Nobody waits longer than this for a stubborn job. */
const LAST_WORDS_MS = 3000;
async function end(): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  attempts.graceSeconds = 1;
  jobs.stop('The local Batch was stopped');
  const deadline = Date.now() + LAST_WORDS_MS;
  while (jobs.isBusy() && Date.now() < deadline) await new Promise((resume) => setTimeout(resume, 20));
  await Promise.race([events.delivered(), new Promise((resume) => setTimeout(resume, LAST_WORDS_MS))]);
  leave();
}
function leave(): void {
  state.write();
  reaper.close();
  process.exit(0);
}
process.on('SIGTERM', end);
process.on('SIGINT', end);
// Whoever started this service holds the other end; when that process is gone, nobody is left to tell.
process.stdin.on('end', leave).on('error', leave).resume();
