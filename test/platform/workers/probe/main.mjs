/** A worker for the platform tests. PROBE_MS: how long it works. PROBE_EXIT: its exit code. PROBE_STUBBORN: it ignores SIGTERM. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const { PROBE_MS = '50', PROBE_EXIT = '0', PROBE_STUBBORN, PROBE_PID_FILE } = process.env;
process.on('SIGTERM', () => {
  if (PROBE_STUBBORN === undefined) process.exit(143);
});
// A grandchild, as ffmpeg is one of a real worker.
const helper = PROBE_PID_FILE === undefined ? undefined : spawn('sleep', ['300'], { stdio: 'ignore' });
if (PROBE_PID_FILE !== undefined) writeFileSync(PROBE_PID_FILE, JSON.stringify([process.pid, helper?.pid]));
console.log(JSON.stringify({ arguments: process.argv.slice(2), environment: process.env, folder: process.cwd() }));
setTimeout(() => process.exit(Number(PROBE_EXIT)), Number(PROBE_MS));
