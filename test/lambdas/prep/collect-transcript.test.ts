import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { keys } from '#contracts/keys';
import { PrepOutput } from '#contracts/prep';
import { TranscriptDocument } from '#contracts/transcript';
import { canonicalJson } from '#domain/plan/canonical-json';
import { collectTranscript } from '#lambdas/prep/collect-transcript';

const example = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../contracts/examples/${path}.json`, import.meta.url), 'utf8'));
const document = TranscriptDocument.parse(example('transcript-document/heard'));
const plain = PrepOutput.parse(example('prep-output/coffee-spring'));
const sound = { bucket: 'artifacts', key: 's', sha256: document.sound.sha256, bytes: 1 };
const message = { ...plain, job: { ...plain.job, jobId: document.jobId }, prep: { ...plain.prep, sound } };
const key = keys.prep(message.job.tenant, message.job.jobId, 'transcript.json');

async function collected(left: unknown, how: { batchJobId?: string; problem?: { error: string; cause: string } } = { batchJobId: 'b-1' }) {
  const store = openMemoryArtifactStore();
  if (left !== undefined) await store.put(key, left instanceof Uint8Array ? left : canonicalJson(left));
  const output = PrepOutput.parse(await collectTranscript({ ...message, ...how }, { store }));
  return output.prep.transcript;
}

describe('after the sound was listened to', () => {
  it('the message names the transcript and nothing else is added', async () => {
    const store = openMemoryArtifactStore();
    const ref = await store.put(key, canonicalJson(document));
    expect(await collectTranscript({ ...message, batchJobId: 'b-1' }, { store })).toEqual({
      ...message,
      prep: { ...message.prep, transcript: { status: 'heard', document: ref } },
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['there is nothing', undefined, /expected a transcript, found none/],
    ['there is no JSON', new TextEncoder().encode('{'), /not a transcript/],
    ['there is something else', { schema: 'other' }, /not a transcript/],
    ['it is of another sound', { ...document, sound: { sha256: 'f'.repeat(64) } }, /expected a transcript of sound/],
    ['it is of another job', { ...document, jobId: `acme_${'f'.repeat(24)}` }, /found .* of acme_f/],
    ['the recognizer refused', example('transcript-document/refused'), /the recognizer refused the sound/],
  ])('a sound is unheard when %s', async (_, left, reason) => {
    expect(await collected(left)).toEqual({ status: 'unheard', reason: expect.stringMatching(reason) });
  });

  it("a sound is unheard when the job failed, whatever lies there, and the reason fits on a reviewer's screen", async () => {
    const problem = { error: 'States.TaskFailed', cause: `Task failed to start ${'x'.repeat(1_000)}` };
    const transcript = await collected(document, { problem });
    expect(transcript).toMatchObject({ status: 'unheard', reason: expect.stringMatching(/^States.TaskFailed: Task failed to start/) });
    expect(transcript?.status === 'unheard' && transcript.reason.length).toBe(400);
  });
});
