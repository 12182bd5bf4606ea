/** The background process behind `framewright local up`: daemon-main.ts <root> <options as JSON>. */
import * as z from 'zod';
import { writeState } from './daemon.ts';
import { startLocalAws } from './local-aws.ts';
import { localPaths } from './paths.ts';
import { identityOf } from './process-identity.ts';

const [root, options] = z.tuple([z.string(), z.string()]).parse(process.argv.slice(2));
const { port, batchPort, persist } = z
  .object({ port: z.int().optional(), batchPort: z.int().optional(), persist: z.boolean().default(true) })
  .parse(JSON.parse(options));

const local = await startLocalAws({ root, stateDirectory: localPaths(root).daemonState, port, batchPort, persist });
let isStopping = false;
async function stop(exitCode: number): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await local.stop();
  process.exit(exitCode);
}
process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));
void local.failed.then((why) => {
  if (isStopping) return;
  console.error(why);
  void stop(1);
});
const { endpoint, batchEndpoint, pids, logs } = local;
writeState(root, { daemon: identityOf(process.pid), endpoint, batchEndpoint, pids, logs, startedAt: new Date().toISOString() });
// The two servers are not referenced by the event loop; this process lives until it is told to stop.
setInterval(() => {}, 1 << 30);
