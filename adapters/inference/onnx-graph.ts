import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-node';
import { onnxRuntime } from './onnx-runtime.ts';

/** A graph and the files that hold its larger weights, by the name the graph knows them by. */
export interface GraphFiles {
  readonly graph: string;
  readonly shards: ReadonlyMap<string, string>;
}

export interface GraphOptions {
  /** Threads of one operation. */
  readonly threads: number;
  readonly device: 'cpu' | 'cuda';
}

export interface Feed {
  readonly values: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

export interface Graph {
  /** Why it runs on the CPU though CUDA was asked for; `undefined` when it runs where it was asked to. */
  readonly fellBack: string | undefined;
  /** Answers with the graph's first output. Blocks this thread's event loop while it computes. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens a graph with several inputs. Its weights are handed over by name, so they may lie anywhere. Floats go in and come out as 32 bits:
 * 16-bit inputs fail in Node 24 (microsoft/onnxruntime pull request 32323). Asked for CUDA on a machine that has none, it runs on the CPU and says why.
 */
export async function openGraph({ graph, shards }: GraphFiles, { threads, device }: GraphOptions): Promise<Graph> {
  const { InferenceSession, Tensor } = await onnxRuntime();
  const externalData = await Promise.all([...shards].map(async ([path, file]) => ({ path, data: await readFile(file) })));
  const options: InferenceSession.SessionOptions = {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    logSeverityLevel: 3, // errors only: the warnings are about optimisations that were applied
    ...(externalData.length > 0 && { externalData }),
  };
  const bytes = await readFile(graph);
  const opened = (executionProviders: readonly string[]) => InferenceSession.create(bytes, { ...options, executionProviders });
  let fellBack: string | undefined;
  const session = await opened(device === 'cuda' ? ['cuda', 'cpu'] : ['cpu']).catch((error: unknown) => {
    if (device === 'cpu') throw error;
    fellBack = error instanceof Error ? error.message : String(error);
    return opened(['cpu']); // a graph that is broken fails here again, by its own name
  });
  const [output] = session.outputNames;
  if (!output) throw new Error(`expected a graph with an output in ${graph}, found none`);
  return {
    fellBack,
    async run(feeds) {
      const tensors = Object.entries(feeds).map(([name, { values, shape }]) => {
        const tensor = values instanceof Float32Array ? new Tensor('float32', values, shape) : new Tensor('int64', values, shape);
        return [name, tensor] as const;
      });
      const found = (await session.run(Object.fromEntries(tensors), [output]))[output]?.data;
      if (!(found instanceof Float32Array)) throw new Error(`expected float32 from ${graph}, found ${found?.constructor.name}`);
      return found;
    },
    close: () => session.release(),
  };
}
