import type { Progress, Said } from './worker-protocol.ts';

export type Result = Readonly<Record<string, unknown>>;

interface OpenRequest {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  readonly heard: (progress: Progress) => void;
  readonly timer: NodeJS.Timeout;
}

export interface OpenRequests {
  /** Waits for the answer; `late` is called when neither progress nor answer comes for `limitMs`. */
  open(id: number, limitMs: number, heard: (progress: Progress) => void, late: () => void): Promise<Result>;
  progress(said: Progress): void;
  done(said: Extract<Said, { is: 'done' }>): void;
  refuse(id: number, error: Error): void;
  loseAll(error: Error): void;
}

/** What was asked and is not answered yet. Answers to nothing are ignored: the question was given up. */
export function openRequests(): OpenRequests {
  const open = new Map<number, OpenRequest>();
  const take = (id: number): OpenRequest | undefined => {
    const request = open.get(id);
    clearTimeout(request?.timer);
    open.delete(id);
    return request;
  };
  return {
    open: (id, limitMs, heard, late) =>
      new Promise((resolve, reject) => open.set(id, { resolve, reject, heard, timer: setTimeout(late, limitMs) })),
    progress(said) {
      const request = open.get(said.id);
      request?.timer.refresh();
      request?.heard(said);
    },
    done: ({ id, result }) => take(id)?.resolve(result),
    refuse: (id, error) => take(id)?.reject(error),
    loseAll(error) {
      for (const id of [...open.keys()]) take(id)?.reject(error);
    },
  };
}
