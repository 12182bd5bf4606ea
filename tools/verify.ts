import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** The fields we read of vitest's JSON report. */
const Report = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int(), numTodoTests: z.int() });

const run = (command: string, args: readonly string[]): Promise<number> =>
  new Promise((done, failed) => {
    const program = command === 'node' ? process.execPath : join(root, 'node_modules/.bin', command);
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
    child.once('error', failed);
    child.once('close', (code) => done(code ?? 1));
  });

/** A gate is one test: it passes or it does not. */
async function gate(title: string, command: string, args: readonly string[]): Promise<Count> {
  console.log(`\n== ${title}`);
  const passed = (await run(command, args)) === 0;
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

async function suites(filter: readonly string[]): Promise<Count> {
  console.log('\n== Tests');
  const folder = await mkdtemp(join(tmpdir(), 'framewright-test-'));
  const file = join(folder, 'report.json');
  try {
    const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...filter]);
    const report = Report.parse(JSON.parse(await readFile(file, 'utf8')));
    // A suite that cannot even be loaded runs no test and would count as nothing; the exit code knows.
    const failed = Math.max(report.numFailedTests, code === 0 ? 0 : 1);
    return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests };
  } catch (error) {
    console.error(`tests ended without a report: ${error instanceof Error ? error.message : String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const started = performance.now();
const results = [
  await gate('Lint', 'biome', ['check', '.']),
  await gate('Types', 'tsc', ['--noEmit']),
  await gate('Bundle', 'node', ['tools/bundle.ts', '--sizes']),
  await suites(process.argv.slice(2)),
];
const sum = (pick: (count: Count) => number) => results.reduce((total, count) => total + pick(count), 0);
const failed = sum((count) => count.failed);
console.log(`\nTook ${Math.round((performance.now() - started) / 1000)} s.`);
console.log(`${sum((count) => count.passed)} passed, ${failed} failed, ${sum((count) => count.skipped)} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
