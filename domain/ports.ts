import type { ArtifactRef } from '#contracts/artifact';
import type { LifecycleEvent } from '#contracts/events';
import type { AcceptedBrief, IntakeObject, IntakeOutput } from '#contracts/job';
import type { AnsweredQuestion, CostFact, JobRow, PublishedClip, ReworkedShot, StoppedJob } from '#contracts/ledger';
import type { Deployment, RegisteredComponent, WeightsBundle } from '#contracts/registry';
import type { CampaignRecord, ReviewItem } from '#contracts/review';
import type { Box, SafetyCategory, SafetyVote } from '#contracts/verdict';
import type { ReferenceKind } from '#domain/prep/media-kind';
import type { AttemptEnd } from './generate/taken-back.ts';

/** Tells the time; passed in so that decisions and tests own it. */
export type Now = () => Date;

/**
 * Where bytes live. Writing the same bytes to the same key twice is not an error; reading checks the hash and throws
 * `ArtifactCorrupted` when the store holds other bytes than the reference names.
 */
export interface ArtifactStore {
  put(key: string, body: Uint8Array, contentType?: string): Promise<ArtifactRef>;
  get(ref: ArtifactRef): Promise<Uint8Array>;
  /** Reference to what is at `key`, its hash read from the bytes; `undefined` when nothing is. */
  find(key: string): Promise<{ ref: ArtifactRef; body: Uint8Array } | undefined>;
  /** Creates `key` only if nothing is there: `false` means somebody was first, and their bytes stand. */
  create(key: string, body: Uint8Array, contentType?: string): Promise<boolean>;
  /** Large files by path, streamed: memory does not grow with the file. */
  upload(key: string, file: string, contentType?: string): Promise<ArtifactRef>;
  download(ref: ArtifactRef, file: string): Promise<void>;
}

/** The bucket briefs are dropped in. Everything in it is hostile until parsed. */
export interface IntakeStore {
  /** Newest version of an object, `undefined` when there is none. */
  stat(key: string): Promise<IntakeObject | undefined>;
  /** Exactly this version's bytes. Throws RangeError when it is longer than `maxBytes`, without reading it. */
  read(object: IntakeObject, maxBytes: number): Promise<Uint8Array>;
  /** Leaves a note next to a brief that was refused. Writing it twice is harmless. */
  leaveNote(key: string, body: Uint8Array): Promise<void>;
}

/** Briefs that wait for their assets: the same message comes back after `delaySeconds` (at most 900). */
export interface ParkingLot {
  park(message: string, delaySeconds: number): Promise<void>;
}

/** What Batch remembers of a job for some days after its end. */
export interface BatchHistory {
  /** Attempts, first to last, of every piece of this job that failed: the job itself, or children of an array. */
  failedAttempts(batchJobId: string): Promise<AttemptEnd[][]>;
}

/** Starts the pipeline. The same job id twice is one execution. */
export interface PipelineStarter {
  start(message: IntakeOutput): Promise<'started' | 'already-started'>;
}

/** At-least-once delivery; receivers drop copies by `idempotencyKey`. */
export interface EventPublisher {
  publish(events: readonly LifecycleEvent[]): Promise<void>;
}

/** The riverbed: rows by job. Every write says whether it was new, so a redelivered event changes nothing. */
export interface LedgerStore {
  job(tenant: string, jobId: string): Promise<JobRow | undefined>;
  /** Applies `change` to the job's row atomically (optimistic retry); `change` returning `undefined` leaves it. `costMicroUsd` is ignored here: only `addCost` moves it. */
  updateJob(tenant: string, jobId: string, change: (row: JobRow | undefined) => JobRow | undefined): Promise<JobRow | undefined>;
  /** Keeps the event in the job's history; `false` when its idempotency key is already there. */
  addEvent(event: LifecycleEvent): Promise<boolean>;
  /** Adds the fact and the job's total in one transaction; `false` when the fact is already there. */
  addCost(fact: CostFact): Promise<boolean>;
  costs(tenant: string, jobId: string): Promise<CostFact[]>;
  events(tenant: string, jobId: string): Promise<LifecycleEvent[]>;
  /** Newest first. */
  jobsOf(tenant: string | undefined, limit: number): Promise<JobRow[]>;
  /** Jobs of a tenant that were accepted at this instant or later, newest first. */
  acceptedSince(tenant: string, instant: string): Promise<JobRow[]>;
}

/** Facts for analysts, one small object each, partitioned by day and tenant. Keeping the same fact again is harmless. */
export interface CostArchive {
  keep(fact: CostFact): Promise<void>;
  keepPublished(clip: PublishedClip): Promise<void>;
  /** What one decision sent back: at least one shot. */
  keepReworked(shots: readonly [ReworkedShot, ...ReworkedShot[]]): Promise<void>;
  keepAnswered(answer: AnsweredQuestion): Promise<void>;
  keepStopped(job: StoppedJob): Promise<void>;
}

/** Which question: one row of the queue, in whatever round it is. */
export type ReviewKey = Pick<ReviewItem, 'jobId' | 'subject' | 'kind'>;

/** The review queue. */
export interface ReviewStore {
  /**
   * Applies `change` to a row atomically: it sees the row as it stands, and is asked again when somebody else was faster. `undefined` leaves
   * the row. `taskToken`, when given, takes the old one's place together with the change. Answers with the row as it stands now and the token
   * that the machine waits (or waited) on; `undefined` when there is no row.
   */
  change(
    which: ReviewKey,
    change: (item: ReviewItem | undefined) => ReviewItem | undefined,
    taskToken?: string,
  ): Promise<{ readonly item: ReviewItem; readonly taskToken?: string | undefined } | undefined>;
  /** Every question about a job, by subject and kind. */
  find(tenant: string, jobId: string): Promise<ReviewItem[]>;
  /** What waits, the nearest deadline first. */
  waiting(tenant?: string): Promise<ReviewItem[]>;
  /** Rows that were settled or closed at this instant or later, oldest first. Earlier rounds are in `earlier` of these and of waiting rows. */
  settledSince(tenant: string | undefined, instant: string): Promise<ReviewItem[]>;
}

/** What people said of campaigns. */
export interface CampaignStore {
  /** As every write that is done has left it; without approvals while nobody said anything. */
  of(tenant: string, campaign: string): Promise<CampaignRecord>;
  /** Applies `change` atomically: it sees the record as it stands, and is asked again when somebody else was faster. `undefined` leaves it. */
  change(tenant: string, campaign: string, change: (record: CampaignRecord) => CampaignRecord | undefined): Promise<void>;
}

/** How an auto-approval rule has done. */
export interface RuleRecord {
  readonly name: string;
  readonly approved: number;
  /** Of those, chosen to be looked at afterwards. */
  readonly sampled: number;
  /** Of those, looked at. */
  readonly audited: number;
  /** Of those, should not have been approved. */
  readonly misses: number;
  /** Audits that agreed since one last did not. */
  readonly agreedInARow: number;
  readonly suspended?: RuleChange | undefined;
  /** The last time somebody resumed it. */
  readonly resumed?: RuleChange | undefined;
}
export interface RuleChange {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}
/** One thing that is counted once, however often it is said. */
export interface RuleCount extends Pick<ReviewItem, 'jobId' | 'subject' | 'round'> {
  readonly rule: string;
  readonly what: 'approved' | 'sampled' | 'agreed' | 'missed';
}

/** How auto-approval rules stand. */
export interface RuleStore {
  /** One a rule that was ever counted or changed. */
  all(): Promise<RuleRecord[]>;
  /** `false` when it was counted before. With `suspension`, a count that is new suspends the rule in the same write. */
  count(count: RuleCount, suspension?: RuleChange): Promise<boolean>;
  /** A rule that is suspended keeps its first reason. */
  suspend(rule: string, change: RuleChange): Promise<void>;
  resume(rule: string, change: RuleChange): Promise<void>;
}

/** Lets a browser read one stored file for some minutes. Whoever asks for a link says that the reader may see it. */
export interface MediaLinks {
  link(ref: Pick<ArtifactRef, 'bucket' | 'key'>): Promise<string>;
}

/** Wakes the machine that waits on a token. `gone` means that it no longer waits; nobody has to be told twice. */
export interface TaskTokens {
  succeed(taskToken: string, output: unknown): Promise<'resumed' | 'gone'>;
}

/** Signs bytes with a key that never enters the process. ES256 over SHA-256, raw r||s or DER. */
export interface ClipSigner {
  /** PEM chain, leaf first. */
  certificateChain(): Promise<string>;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Finds the product in a photo. */
export interface ProductSegmenter {
  /** `pixels`: RGB, row by row, 320x320x3 bytes. Returns 320x320 bytes, 0 = background, 255 = product. */
  mask(pixels: Uint8Array): Promise<{ mask: Uint8Array; id: string }>;
}

/** One text that a model, a viewer or a stranger will read, and where it stands: `storyboard[2].caption`, `frame 120`. */
export interface Channel {
  readonly name: string;
  readonly text: string;
}

interface Voter {
  /** Name and version: `rules@3`. A voter whose answers change gets a new version. */
  readonly id: string;
  /** What it can have an opinion on; about everything else its silence says nothing. */
  readonly categories: readonly SafetyCategory[];
}
/** Reads words. No vote on a category means that nothing was found in it. */
export interface TextVoter extends Voter {
  readonly sees: 'text';
  read(channels: readonly Channel[]): Promise<readonly SafetyVote[]>;
}
/** Looks at one picture or one frame, RGB. Says something about each of its categories, a low score included: silence is a failure. */
export interface PictureVoter extends Voter {
  readonly sees: 'picture';
  look(picture: Raster): Promise<readonly SafetyVote[]>;
}
/** Watches a whole clip, for services that take a file. Votes carry spans. No vote on a category means that nothing was found in it. */
export interface ClipVoter extends Voter {
  readonly sees: 'clip';
  watch(clip: ArtifactRef): Promise<readonly SafetyVote[]>;
}
/** Has an opinion on whether something is safe. It throws when it has none; what it answers is checked, never trusted. */
export type SafetyVoter = TextVoter | PictureVoter | ClipVoter;

/** Judges a row of words, as they are read once disguises are undone. The same words get the same answer. */
export interface SentenceModel {
  /** `harm`: 0..1, one half is the line that it learned. `kinds`: one number for each of `SENTENCE_KINDS`, higher is likelier. */
  judge(words: readonly string[]): Promise<{ readonly harm: number; readonly kinds: readonly number[] }>;
}

/** A line of text that stands in a picture. */
export interface WrittenLine {
  readonly text: string;
  /** 0..1, how sure the reader is of its letters. */
  readonly confidence: number;
  readonly box: Box;
}
/** Reads what is written in a picture, RGB. What it reads goes to the text voters. */
export interface PictureReader {
  readonly id: string;
  read(picture: Raster): Promise<readonly WrittenLine[]>;
}

/** Decoded pixels, row by row, 8 bits a channel, alpha not premultiplied. Four channels are RGBA, three RGB, one a mask. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/** What a deployment can render with: its own components, versions that it had before, and weights that customers brought. */
export interface KnownComponents {
  readonly deployment: Deployment;
  /** Every version that ever stood here; their job definitions and images are kept. */
  readonly kept: readonly RegisteredComponent[];
  /** Hashes of registered weights. */
  readonly bundles: ReadonlySet<string>;
}

export interface ComponentRegistry {
  known(): Promise<KnownComponents>;
  /** Says that these bytes are in the store, after they are. Saying it twice is harmless. */
  addBundle(bundle: WeightsBundle): Promise<void>;
}

/** Turns checked picture files into pixels and pixels into PNG. The same bytes give the same bytes. */
export interface PictureCodec {
  /** Upright sRGB RGBA, shrunk (never enlarged) to `longSide` pixels. Throws when the file does not decode to its end. */
  decode(bytes: Uint8Array, longSide: number): Promise<Raster>;
  /** Stretches to exactly this size. */
  resize(raster: Raster, width: number, height: number): Promise<Raster>;
  png(raster: Raster): Promise<Uint8Array>;
}

/** What a reference says about itself, before anything is decoded. */
export interface ReferenceFacts {
  readonly seconds: number;
  /** Absent in a recording of sound alone. */
  readonly picture?: { readonly fps: number; readonly width: number; readonly height: number };
  readonly hasSound: boolean;
}

export interface ReferenceContent {
  /** Motion-JPEG, a frame a second; absent in a recording. */
  readonly keyframes?: Uint8Array;
  /** EBU R128 integrated loudness; null when nothing can be heard. */
  readonly loudnessLufs: number | null;
  /** WAV, 16 kHz, one channel, 16 bit; absent when nothing can be heard. */
  readonly sound?: Uint8Array;
}

/** Reads a reference video or recording whose container was told from its bytes. */
export interface ReferenceReader {
  /**
   * `admit` sees the facts first; what it throws is thrown on. Throws RangeError, saying what was found, when the file does not decode
   * within its limits.
   */
  read(bytes: Uint8Array, container: ReferenceKind, admit: (facts: ReferenceFacts) => void): Promise<ReferenceFacts & ReferenceContent>;
}

/** A frame that was chosen, with its number, counted from 0. */
export interface ClipSample {
  readonly frame: number;
  /** RGB, the whole frame, shrunk (never enlarged) to 640 pixels on its long side: letters can be read, voters shrink it further themselves. */
  readonly picture: Raster;
}

/** Looks into a rendered clip. */
export interface ClipFrames {
  /**
   * Every frame is decoded and shown to `choose`, in order; those for which it says yes are handed over as they come. What `choose` sees
   * is only lent: its pixels are overwritten by the next frame. Throws when the clip does not decode to its end.
   */
  sample(
    clip: { readonly ref: ArtifactRef; readonly output: { readonly width: number; readonly height: number } },
    choose: (picture: Raster) => boolean,
  ): AsyncIterable<ClipSample>;
}

export type { AcceptedBrief };
