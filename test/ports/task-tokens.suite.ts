import { describe, expect, it } from 'vitest';
import type { TaskTokens } from '#domain/ports';

/** What task tokens promise. `wait` starts a machine that waits; `output` is what it went on with. */
export function taskTokensSuite(
  name: string,
  open: () => Promise<{ tokens: TaskTokens; wait(): Promise<{ taskToken: string; output(): Promise<unknown> }> }>,
): void {
  describe(name, () => {
    it('wakes the machine with the answer', async () => {
      const { tokens, wait } = await open();
      const { taskToken, output } = await wait();
      expect(await tokens.succeed(taskToken, { outcome: 'approved', reason: 'Café ☕' })).toBe('resumed');
      expect(await output()).toEqual({ outcome: 'approved', reason: 'Café ☕' });
    });

    it('says that a token is gone once it was answered, and keeps the first answer', async () => {
      const { tokens, wait } = await open();
      const { taskToken, output } = await wait();
      await tokens.succeed(taskToken, { outcome: 'approved' });
      expect(await tokens.succeed(taskToken, { outcome: 'rejected' })).toBe('gone');
      expect(await output()).toEqual({ outcome: 'approved' });
    });
  });
}
