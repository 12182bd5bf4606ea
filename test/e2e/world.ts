/** A deployed Framewright, as its users and its weather touch it. Every scenario talks to the product through these words only. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { expect, inject } from 'vitest';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { s3, sqs } from '#adapters/aws/clients';
import type { ArtifactRef } from '#contracts/artifact';
import { tenantOfJob } from '#contracts/identity';
import { type CostFact, type JobRow, TERMINAL_STATUSES } from '#contracts/ledger';
import { jobIdOf } from '#domain/intake/job-id';
import { openProduct, type Product } from '../../tools/cli/product.ts';
import { quietly } from '../../tools/cli/settled.ts';

export const deployment = inject('deployment');
Object.assign(process.env, deployment.environment);
export const product: Product = await openProduct({ kind: 'local', name: 'the local AWS', environment: deployment.environment });
export const queues = sqs();

/** A render on two cores takes about 10 s; a busy machine gets ten times that before a scenario gives up. */
const PATIENCE_MS = 150_000;

export const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));

/** Asks again until there is an answer; the failure says what was waited for and what was there instead. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  instead: () => Promise<unknown> = async () => undefined,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${PATIENCE_MS} ms for ${what}; instead: ${JSON.stringify(await instead())}`);
    await pause(100);
  }
}

let uploads = 0;
/** Every upload has a folder of its own, so scenarios never meet. */
export const newFolder = (tenant = 'acme'): string => `${tenant}/run-${process.pid}-${++uploads}`;

export async function upload(key: string, body: Uint8Array | string): Promise<string> {
  const { VersionId } = await product.s3.send(new PutObjectCommand({ Bucket: product.outputs.get('IntakeBucket'), Key: key, Body: body }));
  return VersionId ?? '';
}

/** Puts a brief and its photo where an app would put them, photo first; answers with the job's id. */
export async function submit(brief: object, folder = newFolder()): Promise<string> {
  await uploadPhoto(folder);
  return submitBrief(brief, folder);
}

export const uploadPhoto = async (folder: string): Promise<string> => upload(`${folder}/photo.png`, await photo());

/** Uploads the brief alone. */
export async function submitBrief(brief: object, folder: string): Promise<string> {
  const key = `${folder}/brief.json`;
  return jobIdOf({ key, versionId: await upload(key, JSON.stringify(brief)) }).jobId;
}

let drawn: Buffer | undefined;
/** A bottle cut out already: with an alpha channel prep is sure of its mask, so no scenario waits for a person by accident. */
async function photo(): Promise<Buffer> {
  drawn ??= await sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="640"><path fill="#2f6f4f" d="M200 40h80v120c60 30 80 70 80 130v270c0 30-20 50-50 50H170c-30 0-50-20-50-50V290c0-60 20-100 80-130z"/><rect x="140" y="340" width="200" height="140" fill="#f4ead5"/></svg>',
    ),
  )
    .png()
    .toBuffer();
  return drawn;
}

/** Four seconds, small and quick, of a template that a rule approves and a component that computes little; a scenario changes what it is about. */
export const quickBrief = (over: object = {}): object => ({
  schema: 'framewright/brief/v1',
  tenant: 'acme',
  campaign: 'end-to-end',
  product: { name: 'Green bottle', photo: 'photo.png' },
  storyboard: [
    { seconds: 2, description: 'A slow sweep of light over the bottle', camera: 'push-in', caption: 'Fresh' },
    { seconds: 2, description: 'Soft waves of green behind the bottle', camera: 'pan-left' },
  ],
  brand: { palette: ['#2f6f4f', '#f4ead5', '#c98b4e'] },
  outputs: [{ width: 320, height: 180, fps: 24 }],
  template: 'low-risk-loop',
  components: { motion: 'animatic' },
  ...over,
});

/** One shot of many windows: long enough that something can happen in the middle of it. */
export const longShot = (seconds: number) => ({
  storyboard: [{ seconds, description: 'Light moves slowly over the bottle', camera: 'static' }],
});

export const rowOf = (jobId: string): Promise<JobRow | undefined> => product.ledger.job(tenantOfJob(jobId), jobId);
export const eventsOf = (jobId: string) => product.ledger.events(tenantOfJob(jobId), jobId);

/** Waits until the job's row is as wanted. */
export const until = (jobId: string, what: string, isWanted: (row: JobRow) => boolean): Promise<JobRow> =>
  eventually(
    `job ${jobId} to be ${what}`,
    async () => {
      const row = await rowOf(jobId);
      return row && isWanted(row) ? row : undefined;
    },
    () => rowOf(jobId),
  );

export interface Ended {
  readonly job: JobRow;
  readonly facts: readonly CostFact[];
}

/** Waits for the end of a job and for its last facts. The books of every job that ends in a scenario must balance. */
export async function ended(jobId: string): Promise<Ended> {
  await until(jobId, 'ended', (row) => TERMINAL_STATUSES.includes(row.status));
  const { job, facts } = await quietly(product, jobId, AbortSignal.timeout(PATIENCE_MS));
  expect(job.costMicroUsd).toBe(facts.reduce((sum, fact) => sum + fact.costMicroUsd, 0));
  return { job, facts };
}

export const artifacts = openArtifactStore({ bucket: product.outputs.get('ArtifactsBucket'), client: s3() });
export const scratch = mkdtempSync(join(tmpdir(), 'framewright-e2e-files-'));

/** Fetches an object to a file of its own; the hash is checked on the way. */
export async function fetched(ref: ArtifactRef): Promise<string> {
  const file = join(scratch, ref.key.replaceAll('/', '-'));
  await openArtifactStore({ bucket: ref.bucket, client: s3() }).download(ref, file);
  return file;
}

/** Makes bad weather on the local Batch; what it can do is in tools/local/batch/injection.ts. */
export async function weather(method: 'POST' | 'DELETE', name: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${deployment.batchEndpoint}/local/${name}`, { method, body: JSON.stringify(body) });
  return response.json() as Promise<Record<string, unknown>>;
}
