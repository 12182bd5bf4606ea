import * as z from 'zod';
import { BriefVerdict } from '#contracts/safety-brief';
import { ClipVerdict } from '#contracts/safety-clip';
import type { SafetyVerdict } from '#contracts/verdict';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';

const Kept = z.union([ClipVerdict, BriefVerdict]);

/** Leaves a verdict where only the doors of safety write: whoever publishes asks there, and not the message, what was said. */
export async function keepVerdict(store: ArtifactStore, key: string, verdict: BriefVerdict | ClipVerdict): Promise<void> {
  await store.put(key, canonicalJson(verdict), 'application/json');
}

/** What was kept, as canonical bytes; `undefined` when nothing was, or when it is no verdict. */
export async function keptVerdict(store: ArtifactStore, key: string): Promise<string | undefined> {
  const found = await store.find(key);
  if (!found) return undefined;
  const text = new TextDecoder().decode(found.body);
  return Kept.safeParse(JSON.parse(text)).success ? text : undefined;
}

/** A verdict as it is kept: two that say the same are the same text. */
export const verdictText = (verdict: SafetyVerdict | ClipVerdict): string => new TextDecoder().decode(canonicalJson(verdict));
