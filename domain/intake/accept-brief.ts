import type { Brief } from '#contracts/brief';
import { MAX_BRIEF_BYTES } from '#contracts/brief';
import type { BriefProblem } from '#contracts/events';
import { RejectionNote } from '#contracts/intake';
import type { AcceptedBrief, IntakeObject } from '#contracts/job';
import { AcceptedBrief as AcceptedBriefSchema } from '#contracts/job';
import { keys } from '#contracts/keys';
import type { ArtifactStore, ComponentRegistry, EventPublisher, IntakeStore, Now, ParkingLot, PipelineStarter } from '#domain/ports';
import { assetsOf, checkAssetKeys, checkAssetSizes, missingProblems } from './assets.ts';
import { excerpt } from './excerpt.ts';
import * as facts from './facts.ts';
import { jobIdOf } from './job-id.ts';
import { checkBriefKey, isBriefKey, noteKey } from './keys-of-briefs.ts';
import { type Arrival, park } from './parking.ts';
import { parseBrief, tooLong } from './parse.ts';
import { checkPins } from './pins.ts';
import { claimUpload, uploadDigest } from './repeated-upload.ts';

export interface IntakeNeighbours {
  readonly intake: IntakeStore;
  readonly artifacts: ArtifactStore;
  readonly parking: ParkingLot;
  readonly pipeline: PipelineStarter;
  readonly publisher: EventPublisher;
  readonly components: ComponentRegistry;
  readonly now: Now;
  /** How long a brief waits for its assets, in seconds. */
  readonly parkingSeconds: number;
}

export type Receipt =
  | { readonly result: 'ignored' }
  | { readonly result: 'parked'; readonly jobId: string }
  | { readonly result: 'rejected'; readonly jobId: string }
  /** `jobId` is the job that renders the same upload already. */
  | { readonly result: 'repeated'; readonly jobId: string }
  | { readonly result: 'accepted'; readonly jobId: string; readonly campaign: string; readonly pipeline: 'started' | 'already-started' };

/** No note of ours is longer: 50 problems of at most 900 characters. */
const MAX_NOTE_BYTES = 256 * 1024;

/**
 * Answers one object in the intake bucket. Every brief gets an answer (accepted, parked or rejected); what is no brief is left alone.
 * Each effect carries the job id, so answering twice, or again after dying anywhere in between, ends in the same state.
 */
export async function acceptBrief(arrival: Arrival, to: IntakeNeighbours): Promise<Receipt> {
  const { object } = arrival;
  if (!isBriefKey(object.key)) return { result: 'ignored' };
  const { jobId, tenant } = jobIdOf(object);

  const standing = await to.artifacts.find(keys.brief(tenant, jobId));
  if (standing) return start(arrival, jobId, AcceptedBriefSchema.parse(JSON.parse(new TextDecoder().decode(standing.body))), to);

  const keyProblems = checkBriefKey(object.key);
  if (keyProblems.length > 0) return reject(object, jobId, keyProblems, to);
  if (object.bytes > MAX_BRIEF_BYTES) return reject(object, jobId, [tooLong(object.bytes)], to);
  const bytes = await to.intake.read(object, MAX_BRIEF_BYTES);
  const parsed = parseBrief(bytes);
  if ('problems' in parsed) return reject(object, jobId, parsed.problems, to);

  const { brief } = parsed;
  const assets = assetsOf(brief, object.key);
  const problems = [...checkTenant(brief, tenant), ...checkAssetKeys(assets), ...(await checkPins(brief, to.components))];
  if (problems.length > 0) return reject(object, jobId, problems, to);

  // Assets change behind a brief: a version that was refused once stays refused, whatever was uploaded since.
  const refusal = await standingRefusal(object, jobId, to);
  if (refusal) return reject(object, jobId, refusal, to);
  const found = await Promise.all(assets.map(async (asset) => ({ ...asset, object: await to.intake.stat(asset.key) })));
  const sizeProblems = checkAssetSizes(found);
  if (sizeProblems.length > 0) return reject(object, jobId, sizeProblems, to);

  const missing = found.filter((asset) => asset.object === undefined);
  if (missing.length > 0) {
    const decision = park(arrival, to.now(), to.parkingSeconds);
    if (decision.give === 'up') return reject(object, jobId, missingProblems(missing, to.parkingSeconds), to);
    if (!arrival.parked) {
      const names = missing.map(({ key }) => key);
      await to.publisher.publish([facts.parked(jobId, object.key, names, decision.until, to.now())]);
    }
    await to.parking.park(JSON.stringify(decision.ticket), decision.delaySeconds);
    return { result: 'parked', jobId };
  }

  const versions = found.flatMap(({ name, object: version }) => (version ? [[name, version] as const] : []));
  const document: AcceptedBrief = { brief, source: object, assets: Object.fromEntries(versions) };
  const wish = { tenant, digest: uploadDigest(bytes, document), jobId, uploadedAt: arrival.uploadedAt };
  const renderedBy = await claimUpload(to.artifacts, wish);
  if (renderedBy !== jobId) {
    await to.publisher.publish([facts.duplicated(renderedBy, object.key, object.versionId, new Date(arrival.uploadedAt))]);
    return { result: 'repeated', jobId: renderedBy };
  }
  return start(arrival, jobId, document, to);
}

/** Stores the brief and starts the pipeline. The first stored document stands: a copy that sees newer assets cannot change a running job. */
async function start(arrival: Arrival, jobId: string, document: AcceptedBrief, to: IntakeNeighbours): Promise<Receipt> {
  const { brief } = document;
  const key = keys.brief(brief.tenant, jobId);
  await to.artifacts.create(key, new TextEncoder().encode(JSON.stringify(document)), 'application/json');
  const stored = await to.artifacts.find(key);
  if (!stored) throw new Error(`${key}: expected the brief that was just stored, found nothing; is the bucket being emptied?`);

  // The upload's time, not ours: a copy of the event must start the very same execution.
  const job = {
    jobId,
    tenant: brief.tenant,
    campaign: brief.campaign,
    acceptedAt: arrival.uploadedAt,
    tier: brief.tier,
    brief: stored.ref,
  };
  const pipeline = await to.pipeline.start({ job });
  await to.publisher.publish([facts.accepted(jobId, arrival.object.key, brief, new Date(arrival.uploadedAt))]);
  return { result: 'accepted', jobId, campaign: brief.campaign, pipeline };
}

/** Tells the uploader (a note next to the brief) and everyone else (an event). */
async function reject(object: IntakeObject, jobId: string, problems: readonly BriefProblem[], to: IntakeNeighbours): Promise<Receipt> {
  const key = noteKey(object.key);
  if (key !== undefined) {
    const note: RejectionNote = {
      schema: 'framewright/rejection/v1',
      jobId,
      tenant: jobIdOf(object).tenant,
      briefKey: object.key,
      versionId: object.versionId,
      problems: [...problems],
    };
    await to.intake.leaveNote(key, new TextEncoder().encode(`${JSON.stringify(note, undefined, 2)}\n`));
  }
  await to.publisher.publish([facts.rejected(jobId, object.key, problems, to.now())]);
  return { result: 'rejected', jobId };
}

async function standingRefusal(
  object: IntakeObject,
  jobId: string,
  { intake }: IntakeNeighbours,
): Promise<readonly BriefProblem[] | undefined> {
  const key = noteKey(object.key);
  const found = key === undefined ? undefined : await intake.stat(key);
  if (!found || found.bytes > MAX_NOTE_BYTES) return undefined;
  const note = RejectionNote.safeParse(jsonOrNothing(await intake.read(found, MAX_NOTE_BYTES)));
  return note.success && note.data.jobId === jobId ? note.data.problems : undefined;
}

/** A note lies where users write too, so it may be anything. */
function jsonOrNothing(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function checkTenant(brief: Brief, tenant: string): BriefProblem[] {
  if (brief.tenant === tenant) return [];
  return [{ path: 'tenant', expected: `"${tenant}", the first folder of the object key`, found: excerpt(brief.tenant) }];
}
