import { openMemoryPipelineStarter } from '#adapters/memory/pipeline-starter';
import { pipelineStarterSuite } from './pipeline-starter.suite.ts';

pipelineStarterSuite('executions in memory', async () => {
  const starter = openMemoryPipelineStarter();
  return { starter, startedWith: async (jobId) => starter.executions.get(jobId) };
});
