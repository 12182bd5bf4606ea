import * as z from 'zod';
import { ArtifactRef, Sha256 } from './artifact.ts';
import { ComponentRef } from './component.ts';
import { JobId, TenantId } from './identity.ts';

/** Sounds and words have a sane end: five minutes hold about 750 spoken words, and a recognizer that stutters must not fill a message. */
export const MAX_WORDS = 5_000;
const Share = z.number().min(0).max(1);

/** One word as it was heard. Times are seconds from the start of the sound. */
export const SpokenWord = z.strictObject({
  text: z.string().min(1).max(200),
  start: z.number().nonnegative(),
  end: z.number().nonnegative(),
  /** How sure the recognizer is. */
  confidence: Share,
});
export type SpokenWord = z.infer<typeof SpokenWord>;

/** A caption: words that fit on a line and are read in one look. */
export const CaptionCue = z.strictObject({ start: z.number().nonnegative(), end: z.number().nonnegative(), text: z.string().min(1) });
export type CaptionCue = z.infer<typeof CaptionCue>;

const common = {
  schema: z.literal('framewright/transcript/v1'),
  jobId: JobId,
  component: ComponentRef,
  /** The sound that was listened to. */
  sound: z.strictObject({ sha256: Sha256 }),
};

/** What the transcribe worker leaves behind, stored as `prep/transcript.json` of the job. */
export const TranscriptDocument = z.discriminatedUnion('status', [
  z.strictObject({
    ...common,
    status: z.literal('heard'),
    /** The program that listened, with its version: `faster-whisper 1.2.1`, or `dry-run`, which hears nothing and says so. */
    recognizer: z.string().min(1).max(100),
    /** What the recognizer took the language to be. */
    language: z.string().min(2).max(35),
    words: z.array(SpokenWord).max(MAX_WORDS),
    cues: z.array(CaptionCue).max(MAX_WORDS),
  }),
  /** The recognizer could not make words of this sound, and would not at the next attempt. */
  z.strictObject({ ...common, status: z.literal('refused'), reason: z.string().min(1).max(1_000) }),
]);
export type TranscriptDocument = z.infer<typeof TranscriptDocument>;

/** What the worker is told to do; travels as JSON in FRAMEWRIGHT_TRANSCRIBE. */
export const TranscribeRequest = z.strictObject({ jobId: JobId, tenant: TenantId, sound: ArtifactRef });
export type TranscribeRequest = z.infer<typeof TranscribeRequest>;

/** What the message knows of it. A sound that nobody could write down is a fact too: safety asks a person then. */
export const Transcript = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('heard'), document: ArtifactRef }),
  z.strictObject({ status: z.literal('unheard'), reason: z.string().min(1).max(400) }),
]);
export type Transcript = z.infer<typeof Transcript>;
