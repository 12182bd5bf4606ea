import { type Patience, TimedOut } from '#domain/safety/ask';

/**
 * Waits by the clock, and for all voters together no longer than `together` seconds: the door then still has time to say who was not heard.
 * Work that hangs is left behind, not stopped: nothing can stop it, and its late answer is heard by nobody.
 */
export function patience(together: number): Patience {
  const end = performance.now() + together * 1_000;
  return (work, seconds) => {
    const limit = Math.max(0, Math.min(seconds * 1_000, end - performance.now()));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new TimedOut(`no answer within ${(limit / 1_000).toFixed(1)} s`)), limit);
    });
    return Promise.race([work(), over]).finally(() => clearTimeout(timer));
  };
}
