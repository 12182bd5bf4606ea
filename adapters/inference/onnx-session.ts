import type { InferenceSession } from 'onnxruntime-node';
import { onnxRuntime } from './onnx-runtime.ts';

/** Answers with the first output of the model for one float input. */
export type Model = (values: Float32Array, shape: readonly number[]) => Promise<Float32Array>;

export interface ModelOptions {
  /** Threads of one operation. One gives the same sums in the same order on every machine of one kind. */
  readonly threads?: number;
  /** Keep the memory of a run for the next one: right for a model that runs many times on pictures of one size. */
  readonly keepsMemory?: boolean;
}

/**
 * Opens a model on first use and keeps it for the life of the sandbox. `run` blocks the event loop while it computes, which is right
 * where a process does one thing at a time (a Lambda) and wrong in a server. What answers with anything but finite numbers has failed.
 */
export function openModel(file: string, { threads = 1, keepsMemory = false }: ModelOptions = {}): Model {
  let opening: Promise<InferenceSession> | undefined;
  const open = async () => {
    const { InferenceSession } = await onnxRuntime();
    return InferenceSession.create(file, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      enableCpuMemArena: keepsMemory, // the arena keeps its peak for good
      logSeverityLevel: 3, // errors only: the warnings are about optimisations that were applied
      // Weights that lie in the file as 8 bits become floats once, when the model is opened, and not at every run.
      // Threads that wait sleep: beside a decoder and other work, spinning costs more than it wins.
      extra: { session: { disable_quant_qdq: '1', intra_op: { allow_spinning: '0' } } },
    });
  };
  return async (values, shape) => {
    opening ??= open();
    const session = await opening;
    const { Tensor } = await onnxRuntime();
    const [input] = session.inputNames;
    const [output] = session.outputNames;
    if (!input || !output) throw new Error(`expected a model with an input and an output in ${file}, found none`);
    const found = (await session.run({ [input]: new Tensor('float32', values, shape) }, [output]))[output]?.data;
    if (!(found instanceof Float32Array)) throw new Error(`expected float32 from ${file}, found ${found?.constructor.name}`);
    if (!areNumbers(found)) throw new Error(`expected numbers from ${file}, found none`);
    return found;
  };
}

/** One number that is none makes a sum none. Four sums at once: each addition waits for the one before it. */
function areNumbers(values: Float32Array): boolean {
  let [one, two, three, four] = [0, 0, 0, 0];
  const fours = values.length - (values.length % 4);
  for (let at = 0; at < fours; at += 4) {
    one += values[at]!;
    two += values[at + 1]!;
    three += values[at + 2]!;
    four += values[at + 3]!;
  }
  for (let at = fours; at < values.length; at++) one += values[at]!;
  return Number.isFinite(one + two + three + four);
}
