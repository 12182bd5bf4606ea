import type { Component } from '#contracts/component';
import type { Clip } from '#contracts/post';
import { RENDER_ASSERTION, type RenderRecord } from '#contracts/provenance';
import type { PublishInput } from '#contracts/publish';
import type { RenderResult, ReviewDecision } from '#contracts/review';
import { clipSourceType, plateSourceType } from './digital-source-type.ts';
import type { Makers } from './makers.ts';

/** Who makes the claim: the product and its version. */
export interface ClaimGenerator {
  readonly name: string;
  readonly version: string;
}

/** What a C2PA builder is given; the adapter adds hashes and the signature. */
export interface ClipManifest {
  readonly title: string;
  readonly format: 'video/mp4';
  readonly claim_generator_info: readonly ClaimGenerator[];
  readonly ingredients: readonly object[];
  readonly assertions: readonly { readonly label: string; readonly data: object }[];
}

/** Says how the clip came to be. Only facts that the message proves go in: nothing here is a wish. */
export function renderRecord(message: PublishInput, final: RenderResult, clip: Clip, { generate, post, companions }: Makers): RenderRecord {
  const { job, prep, briefVerdict, briefDecision, preview, previewDecision, finalDecision, rework } = message;
  return {
    schema: 'framewright/render/v1',
    jobId: job.jobId,
    tier: final.tier,
    ...(rework && { take: rework.take }),
    brief: { sha256: job.brief.sha256 },
    plan: { sha256: final.plan.document.sha256 },
    clip: { sha256: clip.ref.sha256, width: clip.output.width, height: clip.output.height, frames: clip.frames },
    seams: final.post.seams,
    productPhoto: { sha256: prep.photo.ref.sha256 },
    components: [generate, post, ...companions].map(({ id, version, stage }) => ({ id, version, stage })),
    policies: [
      { screened: 'brief' as const, verdict: briefVerdict.verdict, ...briefVerdict.policy },
      ...(preview ? [{ screened: 'preview' as const, verdict: preview.clipVerdict.verdict, ...preview.clipVerdict.policy }] : []),
      { screened: 'final' as const, verdict: final.clipVerdict.verdict, ...final.clipVerdict.policy },
    ],
    reviews: [briefDecision, previewDecision, finalDecision].filter((decision) => decision !== undefined).flatMap(approval),
  };
}

/** The manifest of one clip: created from a drawn plate, the product placed over it. `title` is the file's delivered name. */
export function clipManifest(title: string, record: RenderRecord, generate: Component, generator: ClaimGenerator): ClipManifest {
  const photo = `urn:sha256:${record.productPhoto.sha256}`; // the bytes are the identity of the photo, so its hash names it
  return {
    title,
    format: 'video/mp4',
    claim_generator_info: [generator],
    ingredients: [{ title: 'Product photo', format: 'image/png', relationship: 'componentOf', instance_id: photo, label: 'product-photo' }],
    assertions: [
      {
        label: 'c2pa.actions.v2',
        data: {
          actions: [
            {
              action: 'c2pa.created',
              digitalSourceType: clipSourceType(generate),
              softwareAgent: generator,
              description: `Motion plate by ${record.components[0]?.id} ${record.components[0]?.version} (${plateSourceType(generate)})`,
            },
            {
              action: 'c2pa.placed',
              softwareAgent: generator,
              description: 'The original pixels of the product photo over the plate',
              parameters: { ingredientIds: ['product-photo'] },
            },
          ],
        },
      },
      { label: RENDER_ASSERTION, data: record },
    ],
  };
}

/** People stay unnamed in a public file; a rule is not a person and may be named. */
function approval({ subject, outcome, reviewer, decidedAt }: ReviewDecision): RenderRecord['reviews'] {
  if (outcome !== 'approved') return [];
  return [{ subject, outcome, by: reviewer.startsWith('rule:') ? reviewer : 'person', decidedAt }];
}
