import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type MemoryArtifactStore, openMemoryArtifactStore } from '#adapters/memory/artifact-store';
import { ExitCode } from '#contracts/errors';
import { keys } from '#contracts/keys';
import { TranscriptDocument } from '#contracts/transcript';
import component from '../../../containers/transcribe/component.json' with { type: 'json' };
import { type Run, run } from '../../../containers/transcribe/run.ts';
import { bytesOf, folder, PYTHON, tone } from './bench.ts';

const job = { jobId: `acme_${'0'.repeat(24)}`, tenant: 'acme' };
const key = keys.prep(job.tenant, job.jobId, 'transcript.json');
afterAll(() => rmSync(folder, { recursive: true }));

/** One attempt, as Batch starts it, with the dry run in place of the model. */
async function attempt(store: MemoryArtifactStore, sound: Uint8Array, change: Partial<Run> = {}, python = PYTHON) {
  const ref = await store.put(keys.prep(job.tenant, job.jobId, 'sound.wav'), sound);
  const log: string[] = [];
  const code = await run({
    component,
    environment: {
      FRAMEWRIGHT_ARTIFACTS_BUCKET: 'artifacts',
      FRAMEWRIGHT_TRANSCRIBE: JSON.stringify({ ...job, sound: ref }),
      FRAMEWRIGHT_TRANSCRIBE_PYTHON: python,
      AWS_BATCH_JOB_ID: `transcribe-test-${process.pid}`,
    },
    engine: 'dry-run',
    openStore: () => store,
    loadBundle: async () => ({ files: new Map() }),
    write: (line) => log.push(line),
    ...change,
  });
  const body = store.objects.get(key);
  return { code, ref, log: log.join(''), document: body && TranscriptDocument.parse(JSON.parse(new TextDecoder().decode(body))) };
}

describe('the transcribe worker', () => {
  it('leaves the words, captions made of them, and what it listened to with which version', async () => {
    const { code, ref, document } = await attempt(openMemoryArtifactStore(), bytesOf(tone(2)));
    expect(code).toBe(0);
    expect(document).toMatchObject({
      status: 'heard',
      jobId: job.jobId,
      component: { id: 'transcribe', version: component.version },
      sound: { sha256: ref.sha256 },
      recognizer: 'dry-run',
      words: [{ text: 'dry-run' }, { text: 'dry-run' }],
      cues: [{ start: 0, end: 1.9, text: 'dry-run dry-run' }],
    });
  });

  it('does not listen to the same sound twice', async () => {
    const store = openMemoryArtifactStore();
    await attempt(store, bytesOf(tone(2)));
    const before = store.objects.get(key);
    const again = await attempt(store, bytesOf(tone(2)), { loadBundle: () => Promise.reject(new Error('weights were asked for')) });
    expect(again.code).toBe(0);
    expect(store.objects.get(key)).toEqual(before);
  });

  it('listens again when the sound is another', async () => {
    const store = openMemoryArtifactStore();
    await attempt(store, bytesOf(tone(2)));
    const { document, ref } = await attempt(store, bytesOf(tone(1)));
    expect(document?.sound).toEqual({ sha256: ref.sha256 });
  });

  it('leaves the reason when the recognizer refuses the sound: the next attempt would refuse it too', async () => {
    const { code, document } = await attempt(openMemoryArtifactStore(), new Uint8Array(100));
    expect(code).toBe(0);
    expect(document).toMatchObject({ status: 'refused', reason: expect.stringContaining('the recognizer refused the sound') });
  });

  it('fails for another attempt when its own machine is not as it should be', async () => {
    const noPython = await attempt(openMemoryArtifactStore(), bytesOf(tone(1)), {}, '/nowhere/python');
    expect(noPython).toMatchObject({ code: ExitCode.Failed, document: undefined });
    const noWeights = await attempt(openMemoryArtifactStore(), bytesOf(tone(1)), {
      loadBundle: () => Promise.reject(new Error('expected model.bin, found nothing')),
    });
    expect(noWeights).toMatchObject({ code: ExitCode.Failed, document: undefined, log: expect.stringContaining('expected model.bin') });
  });

  it('leaves with the agreed code when it is told to stop, and nothing behind', async () => {
    const store = openMemoryArtifactStore();
    const stopped = attempt(store, bytesOf(tone(1)), {
      loadBundle: async () => {
        process.emit('SIGTERM', 'SIGTERM');
        return { files: new Map() };
      },
    });
    expect(await stopped).toMatchObject({ code: ExitCode.Interrupted, document: undefined });
    expect(() => bytesOf(join(tmpdir(), `framewright-transcribe-test-${process.pid}-0`, 'sound.wav'))).toThrow('ENOENT');
  });
});
