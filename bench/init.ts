import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle, thisMachine } from '#tools/bundle';
import { type Benchmark, median, rounded } from './figures.ts';

const ROOT = join(import.meta.dirname, '..');
const ROUNDS = 3;

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

const load = (file: string): Promise<number> => freshNode(`await import(${JSON.stringify(pathToFileURL(file).href)})`);

/**
 * What a cold start pays for loading the code: every Lambda bundle is imported by a fresh Node process, in turn with the same handler
 * unbundled (its sources and their packages as installed) and with a process that imports nothing. Clients are opened on the first
 * event and are not part of it.
 */
export async function init(): Promise<Benchmark> {
  await bundle(ROOT, thisMachine());
  const folders = await readdir(join(ROOT, 'dist/lambdas'), { recursive: true });
  const names = folders.filter((path) => /^[^/]+\/[^/]+\/index\.mjs$/.test(path)).map((path) => path.replace('/index.mjs', ''));
  const samples = names.map((name) => ({ name, bundled: [] as number[], ratios: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, bundled, ratios } of samples) {
      const bare = await freshNode('0');
      const ours = (await load(join(ROOT, 'dist/lambdas', name, 'index.mjs'))) - bare;
      const unbundled = (await load(join(ROOT, 'lambdas', `${name}.ts`))) - bare;
      bundled.push(ours);
      ratios.push(ours / unbundled);
    }
  const milliseconds = samples.map(({ name, bundled }) => [name, rounded(median(bundled), 0)] as const);
  return {
    figures: {
      ratioToUnbundled: rounded(median(samples.map(({ ratios }) => median(ratios)))),
      worstInitCpuMs: Math.max(...milliseconds.map(([, ms]) => ms)),
      ...Object.fromEntries(milliseconds),
    },
    // Measured elsewhere: bundled and minified three SDK clients and Powertools load in two thirds of the CPU time of the packages as installed.
    goals: { ratioToUnbundled: { atMost: 0.67 } },
  };
}
