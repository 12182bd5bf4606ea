import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openEventPublisher } from '#adapters/aws/event-publisher';
import { openKmsSigner, readTextParameter } from '#adapters/aws/kms-signer';
import { openReviewStore } from '#adapters/aws/review-store';
import { requireEnvironment } from '#contracts/environment';
import type { Job } from '#contracts/job';
import { ProvenanceDocument } from '#contracts/provenance';
import { type Publication, PublishInput, PublishOutput } from '#contracts/publish';
import type { RenderResult } from '#contracts/review';
import { takeOf } from '#contracts/rework';
import { contractViolated } from '#domain/errors';
import type { EventPublisher, ReviewStore } from '#domain/ports';
import { deliveredKeys } from '#domain/publish/delivered-keys';
import { evidenceOf } from '#domain/publish/evidence';
import { publishGate } from '#domain/publish/gate';
import { publishedEvent } from '#domain/publish/published-event';
import product from '../../package.json' with { type: 'json' };
import { parse } from '../parse.ts';
import { type StepSurroundings, step } from '../step.ts';
import { type Delivery, deliver } from './deliver.ts';

const contract = {
  name: 'publish.sign-and-deliver',
  visit: () => 'publish' as const,
  input: PublishInput,
  output: PublishOutput,
};

export interface PublishNeighbours extends Delivery {
  readonly publisher: EventPublisher;
  readonly reviews: Pick<ReviewStore, 'find'>;
}

const open = (environment: StepSurroundings['environment']): PublishNeighbours => {
  const told = requireEnvironment(environment, [
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
    'FRAMEWRIGHT_DELIVERABLES_BUCKET',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_TABLE',
    'FRAMEWRIGHT_SIGNING_KEY_ID',
    'FRAMEWRIGHT_CERTIFICATE_PARAMETER',
    'FRAMEWRIGHT_ANCHORS_PARAMETER',
  ]);
  return {
    artifacts: openArtifactStore({ bucket: told.FRAMEWRIGHT_ARTIFACTS_BUCKET }),
    deliverables: openArtifactStore({ bucket: told.FRAMEWRIGHT_DELIVERABLES_BUCKET }),
    publisher: openEventPublisher({ busName: told.FRAMEWRIGHT_BUS }),
    reviews: openReviewStore({ table: told.FRAMEWRIGHT_TABLE }),
    signer: openKmsSigner({ keyId: told.FRAMEWRIGHT_SIGNING_KEY_ID, certificateParameter: told.FRAMEWRIGHT_CERTIFICATE_PARAMETER }),
    anchors: () => readTextParameter(told.FRAMEWRIGHT_ANCHORS_PARAMETER),
    now: () => new Date(),
    generator: { name: product.name, version: product.version },
  };
};

/**
 * Publishes an approved job once. `provenance.json` is the commit point: while it is missing the job is unpublished and everything may be
 * done again; once it is there, every later call answers with what it says.
 */
export async function signAndDeliver(message: PublishInput, neighbours: PublishNeighbours): Promise<PublishOutput> {
  const gate = publishGate(message, await evidenceOf(message.job, neighbours.artifacts, neighbours.reviews));
  if (!gate.open) throw contractViolated(`job ${message.job.jobId} may not be published`, gate.refusals.join('; '));

  const publication = (await standing(message.job, neighbours)) ?? (await publish(message, gate.final, neighbours));
  // Told on every call: a call that died between the commit and this line has not told it. Receivers drop copies by the key.
  await neighbours.publisher.publish([publishedEvent(message.job, publication, takeOf(message))]);
  return { ...message, publication };
}

async function publish(message: PublishInput, final: RenderResult, neighbours: PublishNeighbours): Promise<Publication> {
  const document = await deliver(message, final, neighbours);
  const body = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
  const first = await neighbours.deliverables.create(deliveredKeys(message.job).provenance, body, 'application/json');
  return first ? document.publication : ((await standing(message.job, neighbours)) ?? document.publication);
}

async function standing(job: Job, { deliverables }: PublishNeighbours): Promise<Publication | undefined> {
  const key = deliveredKeys(job).provenance;
  const found = await deliverables.find(key);
  return found && parse(ProvenanceDocument, JSON.parse(new TextDecoder().decode(found.body)), key).publication;
}

export const handler = step(contract, open, signAndDeliver);
