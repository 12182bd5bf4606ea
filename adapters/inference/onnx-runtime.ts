import { isMainThread } from 'node:worker_threads';

const NO_TELEMETRY = 'ORT_DISABLE_TELEMETRY';

/**
 * Says no for this process and for the worker threads it starts from now on. Since 1.29 the published Linux build reports model names and
 * hashes to its maker and keeps a device id on disk, unless this variable is set before the library starts; a thread cannot set it for
 * the library, so whoever starts a thread calls this first.
 */
export function refuseTelemetry(): void {
  process.env[NO_TELEMETRY] = '1';
}

/** Loads ONNX Runtime with its telemetry off. The import is dynamic because a static one would run before any line here. */
export async function onnxRuntime(): Promise<typeof import('onnxruntime-node')> {
  if (!isMainThread && process.env[NO_TELEMETRY] !== '1')
    throw new Error(
      `expected ${NO_TELEMETRY}=1 in the environment that started this worker thread: a thread cannot set it for the library`,
    );
  refuseTelemetry();
  return import('onnxruntime-node');
}
