import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { keys } from '#contracts/keys';
import type { CollectClipInput, PostDocument } from '#contracts/post';
import { canonicalJson } from '#domain/plan/canonical-json';
import { collectClip } from '../../../lambdas/post/collect-clip.ts';
import { tinyPlan } from '../../containers/post/tiny-render.ts';
import { plannedComponents } from '../../domain/plan/known-components.ts';

const plan = tinyPlan([{ frames: 30 }, { frames: 18 }]);
const { jobId, tenant, tier } = plan;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a finished post worker leaves in the bucket, and the message that collects it. */
async function finished(change: (document: PostDocument) => PostDocument = (document) => document) {
  const store = openMemoryArtifactStore();
  const document = change({
    schema: 'framewright/post/v1',
    jobId,
    tier,
    template: 'product-hero',
    clips: [
      {
        ref: await store.put(keys.clip(plan, { width: 320, height: 180 }), bytes('clip')),
        output: { width: 320, height: 180, fps: 24 },
        frames: 48,
        seconds: 2,
      },
    ],
    poster: await store.put(keys.poster(plan), bytes('poster')),
    contactSheet: await store.put(keys.contactSheet(plan), bytes('sheet')),
    seams: { joins: 2, repaired: 0, score: 1, unrepaired: 1, drift: 0.01 },
  });
  await store.put(keys.postDocument(plan), canonicalJson(document));
  const planRef = await store.put(keys.plan(plan), canonicalJson(plan));
  const ref = { bucket: 'artifacts', key: 'k', sha256: '0'.repeat(64), bytes: 1 };
  const picture = { ref, width: 10, height: 10 };
  const input: CollectClipInput = {
    job: { jobId, tenant, campaign: 'spring', acceptedAt: '2026-01-01T00:00:00.000Z', brief: ref },
    prep: {
      ...{ photo: picture, cutout: picture, thumbnail: picture, photoPalette: ['#112233'] },
      mask: { source: 'alpha', confidence: 1, coverage: 0.5 },
    },
    briefVerdict: { verdict: 'allow', reasons: [], policy: { version: 'test', sha256: ref.sha256 } },
    tier,
    plan: { document: planRef, ...plannedComponents, shots: 2, windows: 4, frames: 48, fps: 24 },
    generate: { batchJobId: 'batch-1', windows: 4 },
    batchJobId: 'batch-2',
  };
  return { store, input, document };
}

describe('collecting a clip', () => {
  it('adds the clips, the poster, the contact sheet and the seams to the message', async () => {
    const { store, input, document } = await finished();
    const { batchJobId, ...message } = input;
    const { clips, poster, contactSheet, seams } = document;
    expect(await collectClip(input, { store })).toEqual({ ...message, post: { clips, poster, contactSheet, seams, batchJobId } });
  });

  it('does not believe a worker that left no document', async () => {
    const { store, input } = await finished();
    store.objects.delete(keys.postDocument(plan));
    await expect(collectClip(input, { store })).rejects.toMatchObject({
      name: 'Render.Incomplete',
      message: expect.stringMatching(/batch-2: expected the post document/),
    });
  });

  it.each<[string, (document: PostDocument) => PostDocument, RegExp]>([
    [
      'has too few frames',
      (d) => ({ ...d, clips: d.clips.map((clip) => ({ ...clip, frames: 47, seconds: 47 / 24 })) }),
      /expected clip 0 of 48 frames \(2 s\), found 47/,
    ],
    [
      'is of another size',
      (d) => ({ ...d, clips: d.clips.map((clip) => ({ ...clip, output: { ...clip.output, width: 322 } })) }),
      /of 320x180 at 24 fps, found 322x180/,
    ],
    ['lacks an output', (d) => ({ ...d, clips: [...d.clips, ...d.clips] }), /expected 1 clips, found 2/],
    [
      'shows a seam',
      (d) => ({ ...d, seams: { ...d.seams, worst: { shot: 1, frame: 40, score: 1.8, unrepaired: 2.4 } } }),
      /expected joins that score at most 1.5, found 1.8 at frame 40 \(shot 1\)/,
    ],
    ['is of the other tier', (d) => ({ ...d, tier: 'preview' }), /found acme_0123456789abcdef01234567 preview/],
  ])('refuses a document that %s', async (_, change, said) => {
    const { store, input } = await finished(change);
    await expect(collectClip(input, { store })).rejects.toMatchObject({ name: 'Render.Incomplete', message: expect.stringMatching(said) });
  });

  it.each(['clip', 'poster', 'contactSheet'] as const)('notices a %s that is gone or changed', async (what) => {
    const { store, input, document } = await finished();
    const key = what === 'clip' ? document.clips[0]!.ref.key : document[what].key;
    store.objects.set(key, bytes('other'));
    await expect(collectClip(input, { store })).rejects.toMatchObject({ name: 'Artifact.Corrupted' });
    store.objects.delete(key);
    await expect(collectClip(input, { store })).rejects.toMatchObject({ name: 'Artifact.Corrupted' });
  });
});
