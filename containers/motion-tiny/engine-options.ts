import type { GraphOptions } from '#adapters/inference/onnx-graph';
import { contractViolated } from '#domain/errors';

/**
 * How the graphs run, from the worker's environment.
 * `FRAMEWRIGHT_ENGINE_THREADS`: one when it is not set. A render has one process for every shot, so one thread each fills the cores and
 * spends no CPU on waiting for another; a clip of a single shot is faster with more, and pays for it in CPU (about half as much again with two).
 * `FRAMEWRIGHT_ENGINE_DEVICE`: `cpu` when it is not set. `cuda` takes the images and libraries named in docs/stages/generate.md. It is a choice of the
 * deployment and never of the machine: frames of a GPU differ in the last bits, and windows of one shot must not.
 */
export function engineOptions(environment: Readonly<Record<string, string | undefined>>): GraphOptions {
  const { FRAMEWRIGHT_ENGINE_THREADS: threads = '1', FRAMEWRIGHT_ENGINE_DEVICE: device = 'cpu' } = environment;
  if (!/^[1-9]\d?$/.test(threads)) throw contractViolated('FRAMEWRIGHT_ENGINE_THREADS', `expected a number from 1 to 99, found ${threads}`);
  if (device !== 'cpu' && device !== 'cuda') throw contractViolated('FRAMEWRIGHT_ENGINE_DEVICE', `expected cpu or cuda, found ${device}`);
  return { threads: Number(threads), device };
}
