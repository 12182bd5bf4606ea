import * as z from 'zod';
import type { ArtifactRef } from '#contracts/artifact';
import type { PrepOutput } from '#contracts/prep';
import { type Transcript, TranscriptDocument } from '#contracts/transcript';

/** What stands at the transcript's key after the job, if anything. */
interface Found {
  readonly ref: ArtifactRef;
  readonly body: Uint8Array;
}

/**
 * What the job left, believed only when it is a transcript of this very sound. Anything else is a sound that nobody wrote down: an answer,
 * not an error, because a person can still listen.
 */
export function readTranscript(
  { job, prep }: Pick<PrepOutput, 'job' | 'prep'>,
  problem: string | undefined,
  found: Found | undefined,
): Transcript {
  if (problem !== undefined) return unheard(problem);
  if (!found) return unheard('expected a transcript, found none after the job had ended');
  const document = parse(found.body);
  if ('problem' in document) return unheard(document.problem);
  if (document.jobId !== job.jobId || document.sound.sha256 !== prep.sound?.sha256)
    return unheard(
      `expected a transcript of sound ${prep.sound?.sha256} of ${job.jobId}, found ${document.sound.sha256} of ${document.jobId}`,
    );
  return document.status === 'refused' ? unheard(document.reason) : { status: 'heard', document: found.ref };
}

function parse(body: Uint8Array): TranscriptDocument | { problem: string } {
  try {
    const parsed = TranscriptDocument.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
    return parsed.success ? parsed.data : { problem: `not a transcript: ${z.prettifyError(parsed.error)}` };
  } catch (error) {
    return { problem: `not a transcript: ${String(error)}` };
  }
}

/** Reasons are shown to a reviewer beside others: one short paragraph is enough. */
const unheard = (reason: string): Transcript => ({ status: 'unheard', reason: reason.slice(0, 400) || 'no reason was given' });
