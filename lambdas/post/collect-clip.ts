import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { requireEnvironment } from '#contracts/environment';
import { keys } from '#contracts/keys';
import { CollectClipInput, PostDocument, PostOutput } from '#contracts/post';
import { renderIncomplete } from '#domain/errors';
import { readPlan } from '#domain/plan/read-plan';
import type { ArtifactStore } from '#domain/ports';
import { postProblem } from '#domain/post/post-problem';
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';

const contract = {
  name: 'post.collect-clip',
  visit: ({ tier }: CollectClipInput) => `post:${tier}` as const,
  input: CollectClipInput,
  output: PostOutput,
};

const open = (environment: StepSurroundings['environment']): { store: ArtifactStore } => ({
  store: openArtifactStore({ bucket: requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET']).FRAMEWRIGHT_ARTIFACTS_BUCKET }),
});

/**
 * Believes the document and the bytes, not the exit code: the document must fit the plan, and everything it names must be there
 * with its hash. Files pass through the disk one at a time, so a clip of ten minutes needs no more memory than a short one.
 * Throws Render.Incomplete for a document that is missing or differs, Artifact.Corrupted for bytes that do.
 */
export async function collectClip(
  { batchJobId, ...message }: CollectClipInput,
  { store }: { readonly store: ArtifactStore },
): Promise<PostOutput> {
  const plan = await readPlan(store, message.plan.document);
  const key = keys.postDocument(plan);
  const found = await store.find(key);
  if (!found) throw renderIncomplete(`Batch job ${batchJobId}`, `expected the post document at ${key}, found no object`);
  const document = parse(PostDocument, JSON.parse(new TextDecoder().decode(found.body)), key);
  const problem = postProblem(document, plan);
  if (problem !== undefined) throw renderIncomplete(key, problem);

  const { clips, poster, contactSheet, seams } = document;
  const scratch = await mkdtemp(join(tmpdir(), 'collect-clip-'));
  try {
    for (const ref of [...clips.map((clip) => clip.ref), poster, contactSheet]) {
      const file = join(scratch, 'object');
      await store.download(ref, file);
      await rm(file);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { ...message, post: { clips, poster, contactSheet, seams, batchJobId } };
}

export const handler = step(contract, open, collectClip);
