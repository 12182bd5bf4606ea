import { createHash } from 'node:crypto';
import { CheckpointHeader } from '#contracts/generate';
import { keys } from '#contracts/keys';
import type { PlanDocument, Shot, Window } from '#contracts/plan';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';
import type { Log } from './log.ts';

/** States inside a window, kept for the attempt after a reclaim. They save time and prove nothing: whatever is wrong with one, the window is rendered from its start. */
export interface SoftCheckpoints {
  /** The state that fits this window and the context it continues; `undefined` when there is none. */
  find(window: Window, context: Uint8Array | undefined): Promise<Uint8Array | undefined>;
  save(window: Window, context: Uint8Array | undefined, state: Uint8Array): Promise<void>;
  /** Empties what was found or saved: the window is committed, or the state led to a failure. */
  forget(window: Window): Promise<void>;
}

const LINE_END = 0x0a;

export function softCheckpoints(
  store: ArtifactStore,
  { plan, planSha256, shot, log }: { plan: PlanDocument; planSha256: string; shot: Shot; log: Log },
): SoftCheckpoints {
  const keyOf = (window: Window): string => keys.windowCheckpoint(plan, shot, window);
  const known = new Set<string>();

  const headerFor = (window: Window, context: Uint8Array | undefined, state: Uint8Array): CheckpointHeader => ({
    schema: 'framewright/checkpoint/v1',
    component: plan.component,
    plan: planSha256,
    window,
    ...(context && { contextSha256: sha256(context) }),
    sha256: sha256(state),
  });

  return {
    async find(window, context) {
      const body = (await store.find(keyOf(window)))?.body;
      if (!body || body.byteLength === 0) return undefined;
      known.add(keyOf(window));
      const line = body.indexOf(LINE_END);
      const state = body.subarray(line + 1);
      const expected = new TextDecoder().decode(canonicalJson(headerFor(window, context, state)));
      const found = new TextDecoder().decode(body.subarray(0, Math.max(0, line)));
      if (found === expected) return state;
      log('WARN', 'checkpoint ignored', {
        key: keyOf(window),
        expected,
        found: CheckpointHeader.safeParse(json(found)).data ?? 'no header',
      });
      return undefined;
    },
    async save(window, context, state) {
      const header = canonicalJson(headerFor(window, context, state));
      await store.put(keyOf(window), Buffer.concat([header, Uint8Array.of(LINE_END), state]), 'application/octet-stream');
      known.add(keyOf(window));
      log('INFO', 'checkpoint kept', { window: `${window.start}-${window.end}`, bytes: state.byteLength });
    },
    async forget(window) {
      if (known.delete(keyOf(window))) await store.put(keyOf(window), new Uint8Array(0), 'application/octet-stream');
    },
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
