import { requireEnvironment } from '#contracts/environment';

type Source = Readonly<Record<string, string | undefined>>;

/** What Batch and the job definition tell a worker. */
export interface WorkerEnvironment {
  readonly bucket: string;
  readonly bus: string;
  /** Absolute paths of the binaries. */
  readonly ffmpeg: string;
  readonly ffprobe: string | undefined;
  readonly plan: { readonly key: string; readonly sha256: string };
  /** Which part of an array job this is; 0 for a job of one part. */
  readonly part: number;
  readonly batchJobId: string;
  /** From 1. */
  readonly attempt: number;
  /** The message's `prep` as JSON, for components that composite the product. */
  readonly prep: string | undefined;
  readonly crashAt: string | undefined;
  /** Where weights lie, as JSON; see weights.ts. */
  readonly weights: string | undefined;
}

export function workerEnvironment(source: Source): WorkerEnvironment {
  const told = requireEnvironment(source, [
    'FRAMEWRIGHT_ARTIFACTS_BUCKET',
    'FRAMEWRIGHT_BUS',
    'FRAMEWRIGHT_FFMPEG',
    'FRAMEWRIGHT_PLAN_KEY',
    'FRAMEWRIGHT_PLAN_SHA256',
    'AWS_BATCH_JOB_ID',
  ]);
  return {
    bucket: told.FRAMEWRIGHT_ARTIFACTS_BUCKET,
    bus: told.FRAMEWRIGHT_BUS,
    ffmpeg: told.FRAMEWRIGHT_FFMPEG,
    ffprobe: source.FRAMEWRIGHT_FFPROBE,
    plan: { key: told.FRAMEWRIGHT_PLAN_KEY, sha256: told.FRAMEWRIGHT_PLAN_SHA256 },
    part: wholeNumber(source, 'AWS_BATCH_JOB_ARRAY_INDEX', 0),
    batchJobId: told.AWS_BATCH_JOB_ID,
    attempt: wholeNumber(source, 'AWS_BATCH_JOB_ATTEMPT', 1),
    prep: source.FRAMEWRIGHT_PREP,
    crashAt: source.FRAMEWRIGHT_CRASH_AT,
    weights: source.FRAMEWRIGHT_WEIGHTS,
  };
}

function wholeNumber(source: Source, name: 'AWS_BATCH_JOB_ARRAY_INDEX' | 'AWS_BATCH_JOB_ATTEMPT', otherwise: number): number {
  return source[name] === undefined ? otherwise : requireEnvironment(source, [name])[name];
}
