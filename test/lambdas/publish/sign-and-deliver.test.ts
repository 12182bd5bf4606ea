import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import type { MemorySigner } from '#adapters/memory/clip-signer';
import { type MemoryEventPublisher, openMemoryEventPublisher } from '#adapters/memory/event-publisher';
import { inspectCredentials } from '#adapters/provenance/c2pa';
import { ErrorName } from '#contracts/errors';
import { keys } from '#contracts/keys';
import { ProvenanceDocument } from '#contracts/provenance';
import { PublishInput } from '#contracts/publish';
import type { ReviewItem } from '#contracts/review';
import { leavingWith } from '#domain/safety/leaving';
import { type PublishNeighbours, signAndDeliver } from '#lambdas/publish/sign-and-deliver';
import { developmentSigner, makeClip, scratch } from '../../adapters/provenance/clips.ts';
import { jobComponents } from '../../domain/plan/known-components.ts';
import { approvedJob, decision, evidenceFor, JOB_ID, render, without } from '../../domain/publish/message.ts';

const folder = scratch();
const wide = { width: 320, height: 180, fps: 24 } as const;
const tall = { width: 180, height: 320, fps: 24 } as const;
let development: MemorySigner;

beforeAll(async () => {
  makeClip(join(folder, 'wide.mp4'), '320x180');
  makeClip(join(folder, 'tall.mp4'), '180x320');
  development = await developmentSigner();
});

interface World extends PublishNeighbours {
  readonly artifacts: MemoryArtifactStore;
  readonly deliverables: MemoryArtifactStore;
  readonly publisher: MemoryEventPublisher;
  readonly questions: ReviewItem[];
}
let world: World;
let message: PublishInput;

beforeEach(async () => {
  const questions: ReviewItem[] = [];
  world = {
    artifacts: openMemoryArtifactStore(),
    deliverables: openMemoryArtifactStore('deliverables'),
    publisher: openMemoryEventPublisher(),
    questions,
    reviews: { find: async () => questions },
    signer: development.signer,
    anchors: async () => development.anchors,
    generator: { name: 'framewright', version: '0.1.0' },
    now: () => new Date('2026-11-24T05:00:00.000Z'),
  };
  const clip = async (name: string, output: typeof wide | typeof tall) => ({
    ref: await world.artifacts.upload(`clips/${name}`, join(folder, name)),
    output,
    frames: 48,
    seconds: 2,
  });
  const final = render('final', 'allow', [await clip('wide.mp4', wide), await clip('tall.mp4', tall)]);
  final.post.poster = await world.artifacts.put('poster.png', Buffer.from('a poster'));
  final.post.contactSheet = await world.artifacts.put('contact-sheet.png', Buffer.from('a sheet'));
  await world.artifacts.put(keys.components('acme', JOB_ID), Buffer.from(JSON.stringify(jobComponents)));
  final.clipVerdict.covers = leavingWith(final.post);
  message = approvedJob({ final });
  await witness(message);
});

/** Safety and the review say what this message says. */
async function witness(told: PublishInput): Promise<void> {
  const { verdicts, questions } = evidenceFor(told);
  for (const of of ['brief', 'preview', 'final'] as const)
    await world.artifacts.put(keys.verdict('acme', JOB_ID, of), Buffer.from(verdicts[of] ?? ''));
  world.questions.splice(0, world.questions.length, ...questions);
}

const place = (name: string) => keys.deliverable('acme', JOB_ID, name);

describe('publishing an approved job', () => {
  it('delivers every clip signed and trusted, beside its poster, contact sheet and provenance', async () => {
    const { publication } = await signAndDeliver(message, world);
    expect([...world.deliverables.objects.keys()]).toEqual(
      ['clip.mp4', 'clip-180x320.mp4', 'poster.png', 'contact-sheet.png', 'provenance.json'].map(place),
    );
    for (const { ref } of publication.clips) {
      const file = join(folder, 'delivered.mp4');
      writeFileSync(file, await world.deliverables.get(ref));
      const { result, render: told } = await inspectCredentials(file, development.anchors);
      expect(result.state).toBe('Trusted');
      expect(told?.jobId).toBe(JOB_ID);
    }
    expect(publication).toMatchObject({
      publishedAt: '2026-11-24T05:00:00.000Z',
      renderedSeconds: 4,
      signature: { alg: 'es256', state: 'Trusted', signer: 'Framewright development signer' },
    });
    expect(await world.deliverables.get(publication.poster)).toEqual(Buffer.from('a poster'));
  });

  it('changes nothing but the credentials: the clip inside is the clip that was approved', async () => {
    const { publication } = await signAndDeliver(message, world);
    const delivered = await world.deliverables.get(publication.clips[0]!.ref);
    const approved = readFileSync(join(folder, 'wide.mp4'));
    const mediaOf = (bytes: Uint8Array) => Buffer.from(bytes).subarray(Buffer.from(bytes).indexOf('mdat'));
    expect(mediaOf(delivered).equals(mediaOf(approved))).toBe(true);
  });

  it('leaves a provenance document that says what the event says', async () => {
    const { publication } = await signAndDeliver(message, world);
    const document = ProvenanceDocument.parse(
      JSON.parse(Buffer.from(world.deliverables.objects.get(place('provenance.json'))!).toString()),
    );
    expect(document.publication).toEqual(publication);
    expect(world.publisher.published).toMatchObject([{ type: 'job.published', idempotencyKey: `${JOB_ID}:job.published`, publication }]);
  });
});

describe('publishing twice', () => {
  it('answers with the standing publication and signs nothing again', async () => {
    const first = await signAndDeliver(message, world);
    const bytes = new Map(world.deliverables.objects);
    const unused = { ...world.signer, sign: () => Promise.reject(new Error('signed twice')) };
    const second = await signAndDeliver(message, { ...world, signer: unused, now: () => new Date('2027-01-01T00:00:00Z') });
    expect(second).toEqual(first);
    expect(world.deliverables.objects).toEqual(bytes);
    expect(new Set(world.publisher.published.map((event) => JSON.stringify(event))).size).toBe(1);
  });

  it('goes on where a call died, and keeps what that call had delivered', async () => {
    const dying = { ...world.deliverables, put: () => Promise.reject(new Error('the sandbox died')) };
    await expect(signAndDeliver(message, { ...world, deliverables: dying })).rejects.toThrow('the sandbox died');
    expect(world.deliverables.objects.has(place('provenance.json'))).toBe(false);
    const before = world.deliverables.objects.get(place('clip.mp4'));
    expect(before).toBeDefined();

    await signAndDeliver(message, world);
    expect(world.deliverables.objects.get(place('clip.mp4'))).toEqual(before);
  });

  it('ends with one publication when two calls run side by side, and both name the bytes that stand', async () => {
    const [one, other] = await Promise.all([signAndDeliver(message, world), signAndDeliver(message, world)]);
    expect(one.publication).toEqual(other.publication);
    for (const { ref } of one.publication.clips) expect(await world.deliverables.get(ref)).toBeDefined();
  });
});

describe('refusing to publish', () => {
  const nothingWasDelivered = () => {
    expect(world.deliverables.objects.size).toBe(0);
    expect(world.publisher.published).toEqual([]);
  };

  it('throws before it touches anything when somebody said no or nobody said yes', async () => {
    const refused = { name: ErrorName.ContractViolated, message: expect.stringContaining('may not be published') };
    const rejected = PublishInput.parse({ ...message, finalDecision: decision('final', { outcome: 'rejected' }) });
    await expect(signAndDeliver(rejected, world)).rejects.toMatchObject(refused);
    await expect(signAndDeliver(without(message, 'previewDecision'), world)).rejects.toMatchObject(refused);
    nothingWasDelivered();
  });

  it('delivers nothing on a message that safety and the review know nothing of', async () => {
    const strange = { ...world, reviews: { find: async () => [] } };
    await expect(signAndDeliver(message, strange)).rejects.toMatchObject({ name: ErrorName.ContractViolated });
    for (const key of [...world.artifacts.objects.keys()].filter((name) => name.startsWith('verdicts/')))
      world.artifacts.objects.delete(key);
    await expect(signAndDeliver(message, world)).rejects.toMatchObject({
      message: expect.stringContaining('expected a verdict that safety kept, found none'),
    });
    nothingWasDelivered();
  });

  it('publishes a replayed message once: it answers with what stands', async () => {
    const first = await signAndDeliver(message, world);
    expect((await signAndDeliver(structuredClone(message), world)).publication).toEqual(first.publication);
    world.questions.splice(0, 1); // and no longer when the review has changed its mind
    await expect(signAndDeliver(message, world)).rejects.toMatchObject({ name: ErrorName.ContractViolated });
  });

  it('delivers nothing that a stranger would not trust', async () => {
    const { anchors } = await developmentSigner();
    await expect(signAndDeliver(message, { ...world, anchors: async () => anchors })).rejects.toMatchObject({
      name: ErrorName.SignatureFailed,
      message: expect.stringMatching(/expected to read back Trusted, found Valid: signingCredential\.untrusted/),
    });
    nothingWasDelivered();
  });

  it('delivers nothing when the clip in the store is not the clip that was approved', async () => {
    const [clip] = message.final!.post.clips;
    world.artifacts.objects.set(clip!.ref.key, readFileSync(join(folder, 'tall.mp4')));
    await expect(signAndDeliver(message, world)).rejects.toMatchObject({ name: ErrorName.ArtifactCorrupted });
    nothingWasDelivered();
  });

  it('does not adopt a file that somebody else put where the clip belongs', async () => {
    await world.deliverables.upload(place('clip.mp4'), join(folder, 'tall.mp4'));
    await expect(signAndDeliver(message, world)).rejects.toMatchObject({
      name: ErrorName.SignatureFailed,
      message: expect.stringContaining('found Unsigned'),
    });
    expect(world.publisher.published).toEqual([]);
  });
});
