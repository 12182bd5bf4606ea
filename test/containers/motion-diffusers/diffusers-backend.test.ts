import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ErrorName } from '#contracts/errors';
import { type Bench, bench, clearBenches, dryRun, FOLDER, make, request, until } from './dry-run.ts';

afterEach(clearBenches);

/** Processes that this bench started and that still run, by what the system says and not by what the backend believes. */
const alive = ({ logged }: Pick<Bench, 'logged'>): number[] =>
  logged
    .flatMap((line) => /model process started {"pid":(\d+)}/.exec(line)?.[1] ?? [])
    .map(Number)
    .filter((pid) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    });

describe('a window from the Python process', () => {
  it('has the frames that were asked for, the same ones every time, and tells every step', async () => {
    const { backend, progress } = await bench();
    const first = await make(backend, request());
    const again = await make(backend, request());

    expect(first.frames.map((frame) => frame.byteLength)).toEqual(Array(5).fill(64 * 32 * 1.5));
    expect(again.frames).toEqual(first.frames);
    expect(new Set(first.frames.map((frame) => frame.toString('hex'))).size).toBe(5);
    expect(progress.slice(0, 31).map(({ phase, done }) => `${phase} ${done}`)).toEqual([
      ...Array.from({ length: 30 }, (_, step) => `denoise ${step}`),
      'decode 0',
    ]);
  });

  it('is another one with another seed', async () => {
    const { backend } = await bench();
    const other = await make(backend, request({ window: { start: 0, end: 5, seed: 8 } }));
    expect(other.frames).not.toEqual((await make(backend, request())).frames);
  });

  it('starts with the very frame that the window before ended with', async () => {
    const { backend } = await bench();
    const before = await make(backend, request());
    const after = await make(backend, request({ window: { start: 4, end: 9, seed: 9 }, context: before.result.context! }));
    expect(after.frames[0]).toEqual(before.frames.at(-1));
    expect(after.frames[1]).not.toEqual(before.frames[1]);
  });

  it.each([
    [
      'a length that the model cannot make',
      request({ window: { start: 0, end: 6, seed: 7 } }),
      'expected 1 + 4k frames up to 121, found 6',
    ],
    ['a plate that the model cannot make', request({ plate: { width: 60, height: 32 } }), 'expected sides in multiples of 32, found 60x32'],
    ['the context of another plate', request({ context: Buffer.from('{"width":32,"height":32}\n') }), "found {'width': 32, 'height': 32}"],
  ])('is refused by name for %s, and another can be asked for', async (_, asked, message) => {
    const { backend } = await bench();
    const refused = make(backend, asked);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ name: ErrorName.ContractViolated });
    expect((await make(backend, request())).frames).toHaveLength(5);
  });

  it('leaves no frames in the scratch folder', async () => {
    const { backend, scratch } = await bench();
    await make(backend, request());
    expect(readdirSync(scratch).sort()).toEqual(['embeddings', 'model']);
  });
});

describe('a checkpoint inside a window', () => {
  it('given back to another process leads to the frames of an undisturbed window, without the steps it had done', async () => {
    const undisturbed = await make((await bench()).backend, request());

    const taken = await bench(dryRun('--step-seconds', '0.02'));
    const stop = new AbortController();
    const lost = make(taken.backend, request(), stop.signal);
    await until(() => taken.progress.some(({ done }) => done === 6));
    const resume = await taken.backend.checkpoint(10_000);
    stop.abort();
    await expect(lost).rejects.toMatchObject({ name: 'AbortError' });

    const next = await bench();
    expect((await make(next.backend, request({ resume: resume! }))).frames).toEqual(undisturbed.frames);
    expect(next.progress[0]!.done).toBeGreaterThanOrEqual(6);
  });

  it('is given while a step takes long', async () => {
    const { backend, progress } = await bench(dryRun('--fault', 'stall@2'));
    const stop = new AbortController();
    const lost = make(backend, request(), stop.signal);
    await until(() => progress.some(({ done }) => done === 2));
    const state = await backend.checkpoint(10_000);
    expect(JSON.parse(Buffer.from(state!).toString().split('\n')[0]!)).toMatchObject({ step: 2, seed: 7 });
    stop.abort();
    await expect(lost).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('of another window is refused and never drawn', async () => {
    const taken = await bench(dryRun('--fault', 'stall@2'));
    const stop = new AbortController();
    const lost = make(taken.backend, request(), stop.signal);
    await until(() => taken.progress.some(({ done }) => done === 2));
    const resume = await taken.backend.checkpoint(10_000);
    stop.abort();
    await expect(lost).rejects.toThrow();
    await expect(make((await bench()).backend, request({ window: { start: 0, end: 5, seed: 8 }, resume: resume! }))).rejects.toThrow(
      'expected a state of',
    );
  });
});

describe('a process that fails', () => {
  it.each([
    ['dying', 'die', 'it ended with exit code 139; its last words: the driver was lost'],
    ['saying nonsense', 'garble', String.raw`expected a line of the protocol, found {\"is\":\"progr`],
    ['standing still in a step, although it says that it lives,', 'stall', 'expected progress of generate within 3000 ms, found none'],
  ])('by %s is replaced by one that goes on from the last step, unseen by whoever takes the frames', async (_, fault, cause) => {
    const undisturbed = await make((await bench()).backend, request());
    const failing = await bench(dryRun('--save-seconds', '0', '--fault', `${fault}@4:once`), { patience: { stallMs: 3_000 } });
    const made = await make(failing.backend, request());
    expect(made.frames).toEqual(undisturbed.frames);
    expect(failing.logged.filter((line) => line.startsWith('WARN'))).toEqual([expect.stringContaining(cause)]);
    // Step 4 is done again when its state was still under way as the process failed, and never an earlier one.
    const told = failing.progress.map(({ phase, done }) => `${phase} ${done}`);
    expect(['denoise 4', 'denoise 5']).toContain(told[5]);
  });

  it('by being frozen is replaced, although its step has time left', async () => {
    const failing = await bench(dryRun('--save-seconds', '0', '--fault', 'stall@2:once'), { patience: { silenceMs: 2_500 } });
    const made = make(failing.backend, request());
    await until(() => failing.progress.some(({ done }) => done === 2));
    process.kill(alive(failing)[0]!, 'SIGSTOP');
    expect((await made).frames).toHaveLength(5);
    expect(failing.logged.filter((line) => line.startsWith('WARN'))).toEqual([expect.stringContaining('expected a line within 2500 ms')]);
  });

  it('over and over is given up with its last words', async () => {
    const { backend, logged } = await bench(dryRun('--fault', 'die@4'));
    await expect(make(backend, request())).rejects.toThrow(/exit code 139; its last words: the driver was lost/);
    expect(logged.filter((line) => line.startsWith('WARN'))).toHaveLength(2);
  });

  it('by running out of memory says so under a name of its own', async () => {
    const { backend } = await bench(dryRun('--fault', 'oom@1'));
    await expect(make(backend, request())).rejects.toMatchObject({
      name: 'Component.OutOfMemory',
      message: expect.stringContaining('0.3 GiB free'),
    });
  });

  it.each(['nan', 'wrong-shape'])('by %s is not tried again: the same seed would fail the same way', async (fault) => {
    const { backend, logged } = await bench(dryRun('--fault', `${fault}@1`));
    await expect(make(backend, request())).rejects.toMatchObject({ name: ErrorName.ContractViolated });
    expect(logged.filter((line) => line.startsWith('WARN'))).toEqual([]);
  });

  it('to start is told with what was tried', async () => {
    await expect(bench({ ...dryRun(), command: 'no-such-python' })).rejects.toThrow(/no-such-python -m worker .*ENOENT/);
    await expect(bench({ ...dryRun(), arguments: ['-c', 'raise SystemExit("no torch")'] })).rejects.toThrow('its last words: no torch');
  });

  it('to be quiet on stderr neither blocks nor fills memory', async () => {
    const { backend } = await bench(dryRun('--fault', 'chatter@1'));
    expect((await make(backend, request())).frames).toHaveLength(5);
  });
});

describe('a stop', () => {
  it('lets go of a window between two steps and keeps the process for the next', async () => {
    const kept = await bench(dryRun('--step-seconds', '0.02'));
    const { backend, progress } = kept;
    const before = alive(kept);
    const stop = new AbortController();
    const lost = make(backend, request(), stop.signal);
    await until(() => progress.length > 2);
    stop.abort();
    await expect(lost).rejects.toMatchObject({ name: 'AbortError' });
    expect((await make(backend, request())).frames).toHaveLength(5);
    expect(before).toHaveLength(1);
    expect(alive(kept)).toEqual(before);
  });

  it('does not wait for a step that takes long', async () => {
    const { backend, progress } = await bench(dryRun('--fault', 'stall@1'));
    const stop = new AbortController();
    const lost = make(backend, request(), stop.signal);
    await until(() => progress.length > 1);
    const asked = performance.now();
    stop.abort();
    await expect(lost).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  it('ends the process, and a second one is harmless', async () => {
    const ended = await bench();
    expect(alive(ended)).toHaveLength(1);
    await ended.backend.close();
    await ended.backend.close();
    expect(alive(ended)).toEqual([]);
  });
});

it('a process whose parent is killed does not stay behind with the GPU', async () => {
  const program = join(FOLDER, 'python-worker.ts');
  const script = `
    const { startPythonWorker } = await import(${JSON.stringify(program)});
    const patience = { readyMs: 60000, silenceMs: 60000, stallMs: 60000 };
    const { pid } = await startPythonWorker(${JSON.stringify(dryRun())}, patience);
    console.log(pid);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = Number(await new Promise((told) => parent.stdout.once('data', told)));
  const runs = (): boolean => alive({ logged: [`model process started {"pid":${pid}}`] }).length === 1;
  expect(runs()).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !runs());
});

it('never blocks the event loop while the process works', async () => {
  const { backend } = await bench(dryRun('--step-seconds', '0.03'));
  let turns = 0;
  const clock = setInterval(() => turns++, 10);
  await make(backend, request());
  clearInterval(clock);
  expect(turns).toBeGreaterThan(30); // the steps alone take 0.9 s
});
