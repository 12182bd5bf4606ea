import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component } from '#contracts/component';
import { keys } from '#contracts/keys';
import { type TranscribeRequest, TranscriptDocument } from '#contracts/transcript';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';
import { captionCues } from '#domain/prep/caption-cues';
import type { Log } from '../harness/log.ts';
import type { LoadedBundle } from '../harness/motion-backend.ts';
import type { Outcome } from '../harness/resumable.ts';
import { type Bounds, type Recognizer, recognize } from './recognize.ts';

export interface Transcription {
  readonly component: Component;
  readonly request: TranscribeRequest;
  readonly store: ArtifactStore;
  readonly loadBundle: () => Promise<LoadedBundle>;
  readonly recognizer: Omit<Recognizer, 'weights'>;
  /** An empty folder of this attempt's own. */
  readonly scratch: string;
  readonly interruption: AbortSignal;
  readonly log: Log;
}

/** What prep makes: 16,000 samples of two bytes a second. */
const BYTES_A_SECOND = 32_000;

/**
 * tiny.en takes 0.13 s of two cores for a second of sound; four times the length leaves room for a busy machine. It held 250 MB, and
 * reserves address space for as many threads as there are cores.
 */
const boundsFor = (soundBytes: number): Bounds => ({
  startSeconds: 120,
  workSeconds: 60 + (4 * soundBytes) / BYTES_A_SECOND,
  memoryMib: 6 * 1024,
});

/** Has the sound of a job written down, once: a transcript of this sound by this version stands. */
export async function transcribe(work: Transcription): Promise<Outcome> {
  const { component, request, store, scratch, interruption, log } = work;
  const { tenant, jobId, sound } = request;
  const key = keys.prep(tenant, jobId, 'transcript.json');
  const common = {
    schema: 'framewright/transcript/v1' as const,
    jobId,
    component: { id: component.id, version: component.version },
    sound: { sha256: sound.sha256 },
  };
  if (await isThere(store, key, common)) {
    log('INFO', 'transcript already there');
    return 'finished';
  }
  const file = join(scratch, 'sound.wav');
  await store.download(sound, file);
  const weights = await weightsFolder(await work.loadBundle(), join(scratch, 'weights'));
  const started = performance.now();
  const document = await recognize({ ...work.recognizer, weights }, file, boundsFor(sound.bytes), interruption)
    .then(
      ({ words, ...heard }): TranscriptDocument => ({ ...common, status: 'heard', ...heard, words: [...words], cues: captionCues(words) }),
    )
    .catch((error: unknown): TranscriptDocument => {
      // What the recognizer does not like about this sound it will not like the next time either: that is an answer.
      if (error instanceof RangeError) return { ...common, status: 'refused', reason: error.message.slice(0, 1_000) };
      throw error;
    });
  await store.put(key, canonicalJson(TranscriptDocument.parse(document)), 'application/json');
  log('INFO', `sound ${document.status}`, {
    milliseconds: Math.round(performance.now() - started),
    ...(document.status === 'heard' ? { words: document.words.length } : { reason: document.reason }),
  });
  return 'finished';
}

async function isThere(store: ArtifactStore, key: string, common: Pick<TranscriptDocument, 'component' | 'sound'>): Promise<boolean> {
  const found = await store.find(key);
  if (!found) return false;
  const { success, data } = TranscriptDocument.safeParse(JSON.parse(new TextDecoder().decode(found.body)));
  return success && canonicalText([data.component, data.sound]) === canonicalText([common.component, common.sound]);
}

const canonicalText = (value: unknown): string => new TextDecoder().decode(canonicalJson(value));

/** faster-whisper asks for its files by name; bundles keep them by hash. */
async function weightsFolder({ files }: LoadedBundle, folder: string): Promise<string> {
  await mkdir(folder);
  for (const [name, path] of files) await symlink(path, join(folder, name));
  return folder;
}
