import type { TaskTokens } from '#domain/ports';

export interface MemoryTaskTokens extends TaskTokens {
  /** A machine starts to wait on a token. */
  wait(taskToken: string): void;
  /** What each token was answered with. */
  readonly answers: Map<string, unknown>;
}

/** Tokens in memory: each is answered once, then it is gone. */
export function openMemoryTaskTokens(...waitingFor: string[]): MemoryTaskTokens {
  const waiting = new Set(waitingFor);
  const answers = new Map<string, unknown>();
  return {
    answers,
    wait: (taskToken) => void waiting.add(taskToken),
    async succeed(taskToken, output) {
      if (!waiting.delete(taskToken)) return 'gone';
      answers.set(taskToken, JSON.parse(JSON.stringify(output)));
      return 'resumed';
    },
  };
}
