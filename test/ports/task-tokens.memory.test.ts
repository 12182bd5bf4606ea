import { openMemoryTaskTokens } from '#adapters/memory/task-tokens';
import { taskTokensSuite } from './task-tokens.suite.ts';

taskTokensSuite('task tokens in memory', async () => {
  const tokens = openMemoryTaskTokens();
  let next = 0;
  return {
    tokens,
    wait: async () => {
      const taskToken = `token-${next++}`;
      tokens.wait(taskToken);
      return { taskToken, output: async () => tokens.answers.get(taskToken) };
    },
  };
});
