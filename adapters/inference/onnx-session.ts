import { isMainThread } from 'node:worker_threads';
import type { InferenceSession } from 'onnxruntime-node';

/** Answers with the first output of the model for one float input. */
export type Model = (values: Float32Array, shape: readonly number[]) => Promise<Float32Array>;

/**
 * Loads ONNX Runtime with its telemetry off. Since 1.29 the published Linux build reports model names and hashes to its maker and keeps
 * a device id on disk, unless this variable is set before the library starts; the decision then stands for the process. The import is
 * dynamic because a static one would run before any line here.
 */
async function runtime(): Promise<typeof import('onnxruntime-node')> {
  if (!isMainThread && process.env[NO_TELEMETRY] !== '1')
    throw new Error(
      `expected ${NO_TELEMETRY}=1 in the environment that started this worker thread: a thread cannot set it for the library`,
    );
  process.env[NO_TELEMETRY] = '1';
  return import('onnxruntime-node');
}

const NO_TELEMETRY = 'ORT_DISABLE_TELEMETRY';

/**
 * Opens a model on first use and keeps it for the life of the sandbox. One thread: the same sums in the same order, so the same
 * picture gives the same mask on every machine of one kind. `run` blocks the event loop while it computes, which is right where a
 * process does one thing at a time (a Lambda) and wrong in a server.
 */
export function openModel(file: string): Model {
  let opening: Promise<InferenceSession> | undefined;
  const open = async () => {
    const { InferenceSession } = await runtime();
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
    const { Tensor } = await runtime();
    const [input] = session.inputNames;
    const [output] = session.outputNames;
    if (!input || !output) throw new Error(`expected a model with an input and an output in ${file}, found none`);
    const found = (await session.run({ [input]: new Tensor('float32', values, shape) }, [output]))[output]?.data;
    if (!(found instanceof Float32Array)) throw new Error(`expected float32 from ${file}, found ${found?.constructor.name}`);
    return found;
  };
}
