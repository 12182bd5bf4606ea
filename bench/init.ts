import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, thisMachine } from '#tools/bundle';
import { type Benchmark, median, rounded } from './figures.ts';

const ROOT = join(import.meta.dirname, '..');
const ROUNDS = 5;

/** CPU milliseconds of a fresh Node process that runs `code`, as the process itself counts them at its end. */
function freshNode(code: string): Promise<number> {
  return new Promise((done, failed) => {
    const report = "process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write(String((user+system)/1e3))})";
    const child = spawn(process.execPath, ['--input-type=module', '-e', `${report};${code}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0
        ? done(Number(/([\d.]+)$/.exec(said)?.[1]))
        : failed(new Error(`expected the bundle to load, found exit code ${code}: ${said}`)),
    );
  });
}

/**
 * What a cold start pays for loading the code: every Lambda bundle is imported by a fresh Node process, in turn with one that imports
 * nothing, and the difference in CPU time is the figure. Clients are opened on the first event and are not part of it.
 */
export async function init(): Promise<Benchmark> {
  await bundle(ROOT, thisMachine());
  const lambdas = join(ROOT, 'dist/lambdas');
  const folders = await readdir(lambdas, { recursive: true });
  const entries = folders.filter((path) => /^[^/]+\/[^/]+\/index\.mjs$/.test(path));
  const above = new Map<string, number[]>(entries.map((entry) => [entry, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [entry, differences] of above) {
      const bare = await freshNode('0');
      differences.push((await freshNode(`await import(${JSON.stringify(pathToFileURL(join(lambdas, entry)).href)})`)) - bare);
    }
  const medians = [...above].map(([entry, differences]) => [entry.replace('/index.mjs', ''), rounded(median(differences), 0)] as const);
  return {
    figures: { worstInitCpuMs: Math.max(...medians.map(([, ms]) => ms)), ...Object.fromEntries(medians) },
    // Three SDK clients and Powertools bundled and minified cost about 70 ms more than a bare Node; half as much again is a warning.
    goals: { worstInitCpuMs: { atMost: 105 } },
  };
}
