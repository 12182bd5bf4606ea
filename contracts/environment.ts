import * as z from 'zod';

/**
 * What a handler or worker is told by its environment. lib/ sets exactly these names, and `parseEnvironment` reads them once at the door;
 * nothing else in the product reads environment variables.
 */
export const Environment = z.object({
  FRAMEWRIGHT_INTAKE_BUCKET: z.string().optional(),
  FRAMEWRIGHT_ARTIFACTS_BUCKET: z.string().optional(),
  FRAMEWRIGHT_DELIVERABLES_BUCKET: z.string().optional(),
  FRAMEWRIGHT_LEDGER_BUCKET: z.string().optional(),
  FRAMEWRIGHT_TABLE: z.string().optional(),
  FRAMEWRIGHT_BUS: z.string().optional(),
  FRAMEWRIGHT_INTAKE_QUEUE_URL: z.string().optional(),
  FRAMEWRIGHT_PIPELINE_ARN: z.string().optional(),
  /** How long a brief waits for its assets before it is rejected, in seconds. */
  FRAMEWRIGHT_PARKING_SECONDS: z.coerce.number().int().positive().optional(),
  FRAMEWRIGHT_SIGNING_KEY_ID: z.string().optional(),
  /** SSM parameter that holds the PEM certificate chain of the signing key, leaf first. */
  FRAMEWRIGHT_CERTIFICATE_PARAMETER: z.string().optional(),
  /** SSM parameter that holds the PEM trust anchors a signed clip is read back with. */
  FRAMEWRIGHT_ANCHORS_PARAMETER: z.string().optional(),
  /** Absolute paths of the binaries; on Lambda the ffmpeg layer puts them under /opt/bin. */
  FRAMEWRIGHT_FFMPEG: z.string().optional(),
  FRAMEWRIGHT_FFPROBE: z.string().optional(),
  /** The folder of model files; on Lambda the layer of models puts it under /opt. */
  FRAMEWRIGHT_MODELS: z.string().optional(),
  /** The same for the model that reads words. */
  FRAMEWRIGHT_WORD_MODELS: z.string().optional(),
  /** Where the deployment says what it was made with: `s3://<bucket>/<key>` of a contracts/registry.ts Deployment. */
  FRAMEWRIGHT_DEPLOYMENT: z.string().optional(),
  /** Where the deployment says what its tenants changed: `s3://<bucket>/<key>` of a contracts/safety-policy.ts DeployedPolicies. */
  FRAMEWRIGHT_SAFETY_POLICIES: z.string().optional(),
  /** The deny list of faces where a deployment has one: `s3://<bucket>/<key>` of a contracts/likeness.ts LikenessDenyList. */
  FRAMEWRIGHT_LIKENESS_LIST: z.string().optional(),
  /** Services of AWS that are asked as well: JSON of contracts/safety-policy.ts CloudVoters. */
  FRAMEWRIGHT_CLOUD_VOTERS: z.string().optional(),
  /** The component that renders briefs which pin none. */
  FRAMEWRIGHT_DEFAULT_MOTION: z.string().optional(),
  /** Workers: what to render. */
  FRAMEWRIGHT_PLAN_KEY: z.string().optional(),
  FRAMEWRIGHT_PLAN_SHA256: z.string().optional(),
  FRAMEWRIGHT_PREP: z.string().optional(),
  /** The transcribe worker: JSON of `TranscribeRequest`. */
  FRAMEWRIGHT_TRANSCRIBE: z.string().optional(),
  /** The transcribe worker: absolute path of the Python that has its packages; its image says where that is. */
  FRAMEWRIGHT_TRANSCRIBE_PYTHON: z.string().optional(),
  /** Workers: which component of the image is asked for, `id@version`. */
  FRAMEWRIGHT_COMPONENT: z.string().optional(),
  /** Workers: where weights lie, JSON of `s3://<bucket>/<key>` by `<component>/<file>`. */
  FRAMEWRIGHT_WEIGHTS: z.string().optional(),
  /** Workers: the folder that keeps weights between jobs. */
  FRAMEWRIGHT_WEIGHTS_FOLDER: z.string().optional(),
  /** Workers with a Python process: its interpreter, and what stands behind it; `dry-run` makes pictures of nothing, for tests. */
  FRAMEWRIGHT_PYTHON: z.string().optional(),
  FRAMEWRIGHT_ENGINE: z.enum(['diffusers', 'dry-run']).optional(),
  /** Named crash point for fault injection, `<point>:before|after`; see containers/harness/crash-points.ts. */
  FRAMEWRIGHT_CRASH_AT: z.string().optional(),
  AWS_BATCH_JOB_ID: z.string().optional(),
  AWS_BATCH_JOB_ATTEMPT: z.coerce.number().int().positive().optional(),
  AWS_BATCH_JOB_ARRAY_INDEX: z.coerce.number().int().nonnegative().optional(),
});
export type Environment = z.infer<typeof Environment>;

/** Picks the named variables; throws with the names that are missing, so a misdeployed function says what it lacks. */
export function requireEnvironment<K extends keyof Environment>(
  source: Record<string, string | undefined>,
  names: readonly K[],
): { [P in K]-?: NonNullable<Environment[P]> } {
  const all = Environment.parse(source);
  const missing = names.filter((name) => all[name] === undefined);
  if (missing.length > 0)
    throw new Error(`expected environment variables ${missing.join(', ')}, found none; the stack that deploys this code sets them`);
  return Object.fromEntries(names.map((name) => [name, all[name]])) as { [P in K]-?: NonNullable<Environment[P]> };
}
