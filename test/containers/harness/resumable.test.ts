import { expect, it } from 'vitest';
import { resumable } from '../../../containers/harness/resumable.ts';

const memory = (done = new Set<string>()) => ({
  done: async (unit: string) => done.has(unit),
  mark: async (unit: string) => void done.add(unit),
});
const units = ['a', 'b', 'c', 'd'];

it('renders each unit once when it is stopped after the second and started again', async () => {
  const progress = memory();
  const rendered: string[] = [];
  const stop = new AbortController();
  const render = async (unit: string) => {
    rendered.push(unit);
    if (rendered.length === 2) stop.abort();
  };

  expect(await resumable(units, progress, render, stop.signal)).toBe('interrupted');
  expect(rendered).toEqual(['a', 'b']);
  expect(await resumable(units, progress, render, new AbortController().signal)).toBe('finished');
  expect(rendered).toEqual(units);
});

it('keeps a unit that was finished while the stop came in', async () => {
  const done = new Set<string>();
  const stop = new AbortController();
  await resumable(units, memory(done), async () => stop.abort(), stop.signal);
  expect([...done]).toEqual(['a']);
});

it('abandons a unit whose renderer listens, and does not mark it', async () => {
  const done = new Set<string>();
  const stop = new AbortController();
  const render = async () => {
    stop.abort();
    stop.signal.throwIfAborted();
  };
  expect(await resumable(units, memory(done), render, stop.signal)).toBe('interrupted');
  expect(done.size).toBe(0);
});

it('does not take a failure for a stop, even while it is being stopped', async () => {
  const stop = new AbortController();
  const render = async () => {
    stop.abort();
    throw new Error('out of memory');
  };
  await expect(resumable(units, memory(), render, stop.signal)).rejects.toThrow('out of memory');
});

it('leaves to others what they finished meanwhile', async () => {
  const done = new Set<string>();
  const rendered: string[] = [];
  await resumable(
    units,
    memory(done),
    async (unit) => {
      rendered.push(unit);
      done.add('b').add('c');
    },
    new AbortController().signal,
  );
  expect(rendered).toEqual(['a', 'd']);
});
