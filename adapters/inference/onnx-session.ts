import type { InferenceSession } from 'onnxruntime-node';
import { onnxRuntime } from './onnx-runtime.ts';

/** Answers with the first output of the model for one float input. */
export type Model = (values: Float32Array, shape: readonly number[]) => Promise<Float32Array>;

/**
 * Opens a model on first use and keeps it for the life of the sandbox. One thread: the same sums in the same order, so the same
 * picture gives the same mask on every machine of one kind. `run` blocks the event loop while it computes, which is right where a
 * process does one thing at a time (a Lambda) and wrong in a server.
 */
export function openModel(file: string): Model {
  let opening: Promise<InferenceSession> | undefined;
  const open = async () => {
    const { InferenceSession } = await onnxRuntime();
    return InferenceSession.create(file, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      enableCpuMemArena: false, // the arena keeps its peak for good; these models run a few times
      logSeverityLevel: 3, // errors only: the warnings are about optimisations that were applied
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
    return found;
  };
}
