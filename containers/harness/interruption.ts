/** Batch sends SIGTERM and, 30 s later, SIGKILL. We leave on our own before that, even when a neighbour hangs. */
export const GRACE_MS = 25_000;

/** A signal that aborts on SIGTERM (spot notice, cancelled job, new deployment); Ctrl-C counts too. */
export function interruptionOf(process: NodeJS.Process, leave: () => void): { signal: AbortSignal; dispose: () => void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    if (controller.signal.aborted) return;
    controller.abort();
    timer = setTimeout(leave, GRACE_MS);
    timer.unref();
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  return {
    signal: controller.signal,
    dispose: () => {
      clearTimeout(timer);
      process.off('SIGTERM', stop).off('SIGINT', stop);
    },
  };
}
