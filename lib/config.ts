import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { CloudVoters, TenantPolicy } from '#contracts/safety-policy';
import { readTenantPolicies } from './safety-policies.ts';

const ENVIRONMENTS = ['local', 'aws'] as const;
export const EnvironmentName = z.enum(ENVIRONMENTS);
export type EnvironmentName = z.infer<typeof EnvironmentName>;

const seconds = z.int().positive();

/**
 * Everything in which two deployments may differ. Sizes, patience and retention are settings; the shape of the product is not:
 * a local deployment has the same stacks, machines and handlers as one on AWS.
 */
export const Config = z.strictObject({
  environment: EnvironmentName,
  /** What happens to buckets, table and keys when the stack goes: on AWS they stay. */
  removal: z.enum(['retain', 'destroy']),
  retentionDays: z.strictObject({
    /** Log groups; one of the values CloudWatch Logs knows. */
    logs: z.literal([1, 30, 90]),
    /** Generated windows: only a resumed or repeated render reads them. */
    windows: z.int().positive(),
    /** Superseded versions of briefs and assets. */
    supersededUploads: z.int().positive(),
  }),
  /** How long a brief waits for its assets before it is rejected. */
  parkingSeconds: seconds,
  /** How long the machine waits for a person. */
  reviewTimeoutSeconds: seconds.min(60),
  /** How long a Batch job may take from submission to end, waiting for a machine and retries included. */
  transcribeTimeoutSeconds: seconds,
  generateTimeoutSeconds: seconds,
  postTimeoutSeconds: seconds,
  /** Limits of the compute environments, in vCPUs: the largest bill an hour can make. */
  maxVcpus: z.strictObject({ generateSpot: z.int().positive(), generateOnDemand: z.int().positive(), post: z.int().positive() }),
  instanceTypes: z.strictObject({ generate: z.array(z.string()).min(1), post: z.array(z.string()).min(1) }),
  /** Where handlers find the binaries. */
  media: z.strictObject({ ffmpeg: z.string().startsWith('/'), ffprobe: z.string().startsWith('/') }),
  /** Where workers keep weights between jobs; a folder of the machine is mounted there. */
  weightsFolder: z.string().startsWith('/'),
  /** The component that renders briefs which pin none. */
  defaultMotion: z.string(),
  /**
   * Components on GPUs that this deployment has. None by default: each brings an image of gigabytes to build, and a bundle of weights that
   * the customer registers.
   */
  gpuModels: z.array(z.string()),
  /** SPDX identifiers a component may carry; anything else stops the synthesis. */
  licences: z.array(z.string()).min(1),
  /** Who is told about alarms; nobody when left out. */
  alarmEmail: z.email().optional(),
  /** The alarm on a day's spend, in US dollars. */
  dailySpendLimitUsd: z.number().positive(),
  /** Whether people of the review room may add an authenticator app to their password. */
  secondFactor: z.enum(['optional', 'off']),
  /** What tenants change in the safety policy: only to be stricter. */
  tenantPolicies: z.array(TenantPolicy),
  /** Where the owners of the deny list of faces keep it; nobody is on a list when left out. */
  likenessList: z
    .string()
    .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^*?]+$/, 'expected s3://<bucket>/<key> of one file')
    .optional(),
  /** Services of AWS that judge words and pictures besides our own models; they see what customers uploaded. */
  cloudVoters: CloudVoters,
  /** X-Ray takes traces on AWS; there is nothing to take them locally. */
  tracing: z.boolean(),
});
export type Config = z.infer<typeof Config>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Permissive licences whose terms allow commercial video and private changes. */
const LICENCES = ['Apache-2.0', 'MIT', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC'];
/** One, two, four and eight times 4 vCPUs with one A10G each: the spot market is deeper over three sizes than in one. */
const G5 = ['g5.xlarge', 'g5.2xlarge', 'g5.4xlarge'];
/** x264 scales to about 8 threads at 720p; three makers' machines of one shape widen the choice of spot. */
const CPU = ['c6a.2xlarge', 'c6i.2xlarge', 'c7a.2xlarge', 'c7i.2xlarge', 'm6a.2xlarge', 'm6i.2xlarge', 'm7a.2xlarge'];

const AWS: Config = {
  environment: 'aws',
  removal: 'retain',
  retentionDays: { logs: 90, windows: 14, supersededUploads: 30 },
  parkingSeconds: 15 * MINUTE,
  reviewTimeoutSeconds: 24 * HOUR,
  transcribeTimeoutSeconds: HOUR, // minutes of work and some for a machine to come; after that a person listens
  generateTimeoutSeconds: 6 * HOUR, // five attempts of an hour plus an hour for machines to come
  postTimeoutSeconds: 3 * HOUR,
  maxVcpus: { generateSpot: 256, generateOnDemand: 16, post: 128 }, // on demand is the lifeboat: four GPUs
  instanceTypes: { generate: G5, post: CPU },
  media: { ffmpeg: '/opt/bin/ffmpeg', ffprobe: '/opt/bin/ffprobe' },
  weightsFolder: '/var/cache/framewright-weights',
  defaultMotion: 'motion-tiny',
  gpuModels: [],
  licences: LICENCES,
  dailySpendLimitUsd: 200,
  secondFactor: 'optional',
  tenantPolicies: [],
  cloudVoters: {},
  tracing: true,
};

const local = (projectRoot: string): Config => ({
  ...AWS,
  environment: 'local',
  removal: 'destroy',
  retentionDays: { logs: 1, windows: 1, supersededUploads: 1 },
  parkingSeconds: 6, // a test can wait for it
  reviewTimeoutSeconds: 15 * MINUTE,
  transcribeTimeoutSeconds: 15 * MINUTE, // the first one installs its Python packages
  generateTimeoutSeconds: 15 * MINUTE,
  postTimeoutSeconds: 15 * MINUTE,
  media: { ffmpeg: `${projectRoot}/.framewright/media/ffmpeg`, ffprobe: `${projectRoot}/.framewright/media/ffprobe` },
  weightsFolder: `${projectRoot}/.framewright/weights`, // a laptop's jobs have no volumes, so it is the folder itself
  secondFactor: 'off', // the local users are made and forgotten by the command line
  tracing: false,
});

/** True for an endpoint that can only be a local AWS. */
export function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

export interface ConfigSources {
  /** `-c environment=`; decided by the endpoint when left out. */
  readonly environment?: unknown;
  /** `-c alarmEmail=`. */
  readonly alarmEmail?: unknown;
  /** `-c dailySpendLimitUsd=`. */
  readonly dailySpendLimitUsd?: unknown;
  /** `-c gpuModels=<id>,<id>`. */
  readonly gpuModels?: unknown;
  /** `-c safetyPolicies=<folder>` of one file a tenant; the project's `policy/` when it is there and nothing is said. */
  readonly safetyPolicies?: unknown;
  /** `-c likenessList=s3://<bucket>/<key>` of a contracts/likeness.ts LikenessDenyList. */
  readonly likenessList?: unknown;
  /** `-c cloudVoters=<JSON>` of contracts/safety-policy.ts CloudVoters; on AWS only. */
  readonly cloudVoters?: unknown;
  readonly endpoint?: string | undefined;
  readonly projectRoot: string;
}

/** Chooses and checks the settings of this deployment; throws with the path of the setting that is wrong. */
export function readConfig(sources: ConfigSources): Config {
  const environment = EnvironmentName.parse(sources.environment ?? (isLoopback(sources.endpoint) ? 'local' : 'aws'));
  const chosen = environment === 'local' ? local(sources.projectRoot) : AWS;
  const cloudVoters = cloudVotersOf(sources.cloudVoters);
  if (environment === 'local' && Object.keys(cloudVoters).length > 0)
    throw new Error(
      `cloudVoters: expected none in a local deployment, which has no such services; found ${Object.keys(cloudVoters).join(', ')}`,
    );
  return Config.parse({
    ...chosen,
    ...(sources.alarmEmail === undefined ? {} : { alarmEmail: sources.alarmEmail }),
    ...(sources.likenessList === undefined ? {} : { likenessList: sources.likenessList }),
    ...(sources.dailySpendLimitUsd === undefined ? {} : { dailySpendLimitUsd: Number(sources.dailySpendLimitUsd) }),
    cloudVoters,
    tenantPolicies: tenantPoliciesOf(sources),
    ...(sources.gpuModels === undefined ? {} : { gpuModels: String(sources.gpuModels).split(',').filter(Boolean) }),
  });
}

/** A folder that is named has to be there; the usual one may be missing. */
function tenantPoliciesOf({ safetyPolicies, projectRoot }: ConfigSources): TenantPolicy[] {
  if (safetyPolicies !== undefined) return readTenantPolicies(resolve(projectRoot, String(safetyPolicies)));
  const usual = join(projectRoot, 'policy');
  return existsSync(usual) ? readTenantPolicies(usual) : [];
}

function cloudVotersOf(told: unknown): CloudVoters {
  if (told === undefined) return {};
  const parsed = CloudVoters.safeParse(typeof told === 'string' ? parsedJson('cloudVoters', told) : told);
  if (!parsed.success) throw new Error(`cloudVoters:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parsedJson(setting: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${setting}: expected JSON such as {"rekognitionLabels":true}, found ${text}`);
  }
}
