import { join, relative } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { readCredentials } from '#adapters/provenance/c2pa';
import type { DemoResult } from '#contracts/cli';
import { tenantOfJob } from '#contracts/identity';
import { keys } from '#contracts/keys';
import type { JobRow } from '#contracts/ledger';
import { PostDocument } from '#contracts/post';
import type { Publication } from '#contracts/publish';
import { costByStage } from '#domain/ledger/cost-by-stage';
import { costPerRenderedSecond } from '#domain/ledger/cost-per-second';
import { developmentAnchors } from '../local/dev-certificates.ts';
import { bringUp } from './bring-up.ts';
import { cancel } from './cancel.ts';
import { pkiFolder } from './commands/verify.ts';
import type { Context } from './context.ts';
import { decide } from './decide.ts';
import { download } from './download.ts';
import { Failure } from './failure.ts';
import { openProduct, type Product } from './product.ts';
import { quietly } from './settled.ts';
import { submit, timeName } from './submit.ts';
import { watch } from './watch.ts';

/** Somebody who pressed Ctrl-C does not wait longer; a stop takes about a second. */
const ABANDON_MS = 15_000;

/** A decision of the demo bears this name in the ledger, so nobody mistakes it for a person's. */
const REVIEWER = 'framewright demo';

/** One run from a brief on disk to a clip on disk. */
export async function demo({ root, voice, signal }: Context, folder: string): Promise<DemoResult> {
  const seconds = stopwatch();
  const steps = { step: (name: string) => voice.say(`[${seconds()}] ${name}`), detail: (line: string) => voice.say(`          ${line}`) };
  const { where } = await bringUp(root, steps, signal);
  const product = await openProduct(where);

  steps.step(`submit ${relative(root, folder) || folder}`);
  // A folder of its own for every run: nothing of an earlier run is touched, and the same brief may be shown twice at once.
  const as = `demo/${timeName(new Date())}`;
  const { jobId } = await submit(product, { path: folder, as, onUpload: (key, bytes) => steps.detail(`${key}  ${bytes} bytes`) });
  const out = join(root, 'out', jobId);

  steps.step('watch');
  const onLook = (now: JobRow, say: (line: string) => void) =>
    answerPreview(product, now, out, (line) => say(line.replace(`${root}/`, '')));
  const row = await watch(product, jobId, voice, { signal, onLook }).catch(async (error: unknown) => {
    if (signal.aborted) await abandon(product, jobId, (line) => voice.say(line));
    throw error;
  });
  if (row.status !== 'published')
    throw new Failure(
      'NotPublished',
      `job ${jobId}: expected it to be published, it is ${row.status} at ${row.visit}: ${row.reason ?? 'no reason given'}`,
      {
        hint: `framewright jobs show ${jobId}; logs are in .framewright/local`,
      },
    );

  steps.step('fetch what was delivered');
  const publication = await publicationOf(product, row, signal);
  const [master] = publication.clips;
  if (!master) throw new Failure('NoClip', `job ${jobId}: expected a clip in its publication, found none`);
  const files = { clip: join(out, 'clip.mp4'), poster: join(out, 'poster.png'), contactSheet: join(out, 'contact-sheet.png') };
  await download(product.s3, master.ref, files.clip);
  await download(product.s3, publication.poster, files.poster);
  await download(product.s3, publication.contactSheet, files.contactSheet);

  const clip = relative(root, files.clip);
  const verify = await readCredentials(files.clip, (await developmentAnchors(pkiFolder(root))) ?? '');
  const { job, facts } = await quietly(product, jobId, signal);
  steps.step('done');
  return {
    jobId,
    status: job.status,
    clip,
    poster: relative(root, files.poster),
    contactSheet: relative(root, files.contactSheet),
    renderedSeconds: publication.renderedSeconds,
    costMicroUsd: job.costMicroUsd,
    costPerRenderedSecondMicroUsd: costPerRenderedSecond(job.costMicroUsd, publication.renderedSeconds) ?? job.costMicroUsd,
    stages: costByStage(facts),
    verify: { ...verify, file: clip },
  };
}

/** A job that nobody waits for any more is stopped, so that it neither works on nor is half done when the local AWS comes back. */
async function abandon(product: Product, jobId: string, say: (line: string) => void): Promise<void> {
  const { result } = await cancel(product, jobId, AbortSignal.timeout(ABANDON_MS)).catch((error: unknown) => ({
    result: `not canceled: ${String(error)}`,
  }));
  say(`  job ${jobId} ${result}`);
}

/** Shows what there is to decide about, and says yes in the demo's own name. */
async function answerPreview(product: Product, row: JobRow, out: string, say: (line: string) => void): Promise<void> {
  if (row.status !== 'waiting-for-review') return;
  const waiting = (await product.reviews.find(row.tenant, row.jobId)).find(({ status }) => status === 'waiting');
  if (!waiting) return;
  for (const reason of waiting.reasons) say(`  asks: ${reason}`);
  if (waiting.subject !== 'brief') {
    const sheet = join(out, `${waiting.subject}-contact-sheet.png`);
    const document = await product.s3.send(
      new GetObjectCommand({
        Bucket: product.outputs.get('ArtifactsBucket'),
        Key: keys.postDocument({ ...row, tier: waiting.subject }),
      }),
    );
    const { contactSheet } = PostDocument.parse(JSON.parse((await document.Body?.transformToString()) ?? ''));
    await download(product.s3, contactSheet, sheet);
    say(`  contact sheet of the ${waiting.subject}: ${sheet}`);
  }
  const { result } = await decide(product, {
    jobId: row.jobId,
    subject: waiting.subject,
    outcome: 'approved',
    reviewer: REVIEWER,
    reason: 'approved by demo',
  });
  say(`  ${waiting.subject} approved by demo (${result})`);
}

async function publicationOf({ ledger }: Product, { jobId }: JobRow, signal: AbortSignal): Promise<Publication> {
  signal.throwIfAborted();
  const events = await ledger.events(tenantOfJob(jobId), jobId);
  const published = events.find((event) => event.type === 'job.published');
  if (!published) throw new Failure('NoPublication', `job ${jobId}: expected a job.published event, found ${events.length} others`);
  return published.publication;
}

/** `  12.3 s`, since it was made. */
function stopwatch(): () => string {
  const started = performance.now();
  return () => `${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s`;
}
