import { openArtifactStore } from '#adapters/aws/artifact-store';
import { requireEnvironment } from '#contracts/environment';
import { keys } from '#contracts/keys';
import { CollectTranscriptInput, PrepOutput } from '#contracts/prep';
import type { ArtifactStore } from '#domain/ports';
import { readTranscript } from '#domain/prep/read-transcript';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'prep.collect-transcript',
  visit: () => 'prep' as const,
  input: CollectTranscriptInput,
  output: PrepOutput,
};

const open = (environment: StepSurroundings['environment']): { store: ArtifactStore } => ({
  store: openArtifactStore({ bucket: requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET']).FRAMEWRIGHT_ARTIFACTS_BUCKET }),
});

/** Adds what is said in the reference to the message, or why nobody knows. Either way the brief is screened next. */
export async function collectTranscript(
  { batchJobId: _, problem, ...message }: CollectTranscriptInput,
  { store }: { readonly store: ArtifactStore },
): Promise<PrepOutput> {
  const { tenant, jobId } = message.job;
  const why = problem && `${problem.error}: ${problem.cause}`;
  const found = why === undefined ? await store.find(keys.prep(tenant, jobId, 'transcript.json')) : undefined;
  return { ...message, prep: { ...message.prep, transcript: readTranscript(message, why, found) } };
}

export const handler = step(contract, open, collectTranscript);
