import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Credentials, inspectCredentials, signClip } from '#adapters/provenance/c2pa';
import type { Clip } from '#contracts/post';
import type { ProvenanceDocument, RenderRecord } from '#contracts/provenance';
import type { Publication, PublishInput } from '#contracts/publish';
import type { RenderResult } from '#contracts/review';
import { signatureFailed } from '#domain/errors';
import { standingComponents } from '#domain/plan/job-components';
import type { ArtifactStore, ClipSigner, Now } from '#domain/ports';
import { deliveredKeys } from '#domain/publish/delivered-keys';
import { makersOf } from '#domain/publish/makers';
import { type ClaimGenerator, clipManifest, renderRecord } from '#domain/publish/manifest';

export interface Delivery {
  readonly artifacts: ArtifactStore;
  readonly deliverables: ArtifactStore;
  readonly signer: ClipSigner;
  /** PEM of the roots that a published clip must be trusted under. */
  readonly anchors: () => Promise<string>;
  readonly generator: ClaimGenerator;
  readonly now: Now;
}

interface Delivered {
  readonly clip: Publication['clips'][number];
  readonly credentials: Credentials;
}

/**
 * Signs every clip, reads it back, and puts everything but the provenance document where customers find it.
 * May run again after dying anywhere: a clip that was already signed and delivered is kept, since a second signature would be other bytes.
 */
export async function deliver(message: PublishInput, final: RenderResult, delivery: Delivery): Promise<ProvenanceDocument> {
  const { artifacts, deliverables } = delivery;
  const place = deliveredKeys(message.job);
  const { clips, poster, contactSheet } = final.post;
  const makers = makersOf(final, await standingComponents(artifacts, message.job));
  const anchors = await delivery.anchors();
  const records = clips.map((clip) => renderRecord(message, final, clip, makers));
  const [master] = records;
  if (!master) throw signatureFailed(message.job.jobId, 'expected at least one clip to sign, found none');

  const delivered: Delivered[] = [];
  for (const [index, clip] of clips.entries()) {
    const key = place.clip(index, clip.output);
    const record = records[index] ?? master;
    const manifest = clipManifest(key.slice(key.lastIndexOf('/') + 1), record, makers.generate, delivery.generator);
    delivered.push(await deliverClip({ clip, key, record, manifest, anchors }, delivery)); // one at a time: the scratch disk holds one
  }
  return {
    schema: 'framewright/provenance/v1',
    jobId: message.job.jobId,
    publication: {
      publishedAt: delivery.now().toISOString(),
      clips: delivered.map(({ clip }) => clip),
      poster: await deliverables.put(place.poster, await artifacts.get(poster), 'image/png'),
      contactSheet: await deliverables.put(place.contactSheet, await artifacts.get(contactSheet), 'image/png'),
      renderedSeconds: delivered.reduce((sum, { clip }) => sum + clip.seconds, 0),
      signature: signatureOf(delivered[0]?.credentials),
    },
    render: master,
  };
}

interface ClipToDeliver {
  readonly clip: Clip;
  readonly key: string;
  readonly record: RenderRecord;
  readonly manifest: object;
  readonly anchors: string;
}

async function deliverClip({ clip, key, record, manifest, anchors }: ClipToDeliver, delivery: Delivery): Promise<Delivered> {
  const folder = await mkdtemp(join(tmpdir(), 'publish-'));
  const plain = join(folder, 'plain.mp4');
  const signed = join(folder, 'signed.mp4');
  try {
    const standing = await delivery.deliverables.find(key);
    if (standing) {
      await writeFile(signed, standing.body);
    } else {
      await delivery.artifacts.download(clip.ref, plain);
      await signClip({ input: plain, output: signed, signer: delivery.signer, manifest });
    }
    const credentials = await inspectCredentials(signed, anchors);
    requireTrusted(key, credentials, record);
    if (!standing && !(await delivery.deliverables.create(key, await readFile(signed), 'video/mp4')))
      return deliverClip({ clip, key, record, manifest, anchors }, delivery); // somebody was first: their clip is checked and kept
    const ref = standing?.ref ?? (await delivery.deliverables.find(key))?.ref;
    if (!ref) throw signatureFailed(key, 'expected the clip that was just delivered, found nothing');
    return { clip: { ref, output: clip.output, seconds: clip.seconds }, credentials };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A clip leaves only if a stranger with our anchors would trust it, and if what it says is about this very clip. */
function requireTrusted(key: string, { result, render }: Credentials, record: RenderRecord): void {
  if (result.state !== 'Trusted')
    throw signatureFailed(key, `expected to read back Trusted, found ${result.state}: ${result.problems.join('; ') || 'no credentials'}`);
  if (render?.jobId !== record.jobId || render.clip.sha256 !== record.clip.sha256)
    throw signatureFailed(
      key,
      `expected credentials of ${record.jobId} clip ${record.clip.sha256}, found ${render?.jobId} clip ${render?.clip.sha256}`,
    );
}

function signatureOf(credentials: Credentials | undefined): Publication['signature'] {
  const { signer } = credentials?.result ?? {};
  if (!credentials?.label || !signer) throw signatureFailed('master', 'expected a signer and a manifest label, found none');
  return { alg: 'es256', signer, state: 'Trusted', manifestLabel: credentials.label };
}
