import * as z from 'zod';
import type { ArtifactRef } from '#contracts/artifact';
import { PlanDocument } from '#contracts/plan';
import { artifactCorrupted, contractViolated } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';

/** The plan a message or a job definition names, and no other: its hash is checked before it is believed. */
export async function readPlan(store: ArtifactStore, { key, sha256 }: Pick<ArtifactRef, 'key' | 'sha256'>): Promise<PlanDocument> {
  const found = await store.find(key);
  if (found?.ref.sha256 !== sha256) throw artifactCorrupted(key, sha256, found?.ref.sha256 ?? 'no object');
  const plan = PlanDocument.safeParse(JSON.parse(new TextDecoder().decode(found.body)));
  if (!plan.success) throw contractViolated(key, z.prettifyError(plan.error));
  return plan.data;
}
