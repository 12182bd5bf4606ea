import type { Tier } from './stages.ts';

const frame = (n: number): string => String(n).padStart(6, '0'); // 600 s at 30 fps is 18,000: six digits sort right
const shotNumber = (n: number): string => String(n).padStart(3, '0'); // a brief holds at most 120 shots
const job = (tenant: string, jobId: string): string => `tenants/${tenant}/jobs/${jobId}`;
/** The first take is not numbered, so that a job that nobody sends back has the plainest keys. */
const taken = (name: string, take = 1): string => (take > 1 ? `${name}-take${take}` : name);

/** One render of a clip: a job's preview or final, in one take (contracts/rework.ts); a plan is one. */
export interface RenderPlace {
  readonly tenant: string;
  readonly jobId: string;
  readonly tier: Tier;
  /** Absent means 1. */
  readonly take?: number | undefined;
}
/** One shot of it. Its take is its own: a shot that was not sent back is read from where it was first rendered. */
interface ShotPlace {
  readonly index: number;
  readonly take?: number | undefined;
}
interface Frames {
  readonly start: number;
  readonly end: number;
}

/** What one take of a clip is made of and comes to. */
const clipFolder = ({ tenant, jobId, tier, take }: RenderPlace): string => `${job(tenant, jobId)}/${taken(tier, take)}`;
/** Windows lie below the tier, whatever take of the clip reads them. */
const shotFolder = ({ tenant, jobId, tier }: RenderPlace, { index, take }: ShotPlace): string =>
  `${job(tenant, jobId)}/${tier}/shots/${taken(shotNumber(index), take)}`;
const window = (of: RenderPlace, shot: ShotPlace, { start, end }: Frames, ending: string): string =>
  `${shotFolder(of, shot)}/${frame(start)}-${frame(end)}.${ending}`;

/**
 * Every object key in the system is built here, so the layout of the buckets can be read on one screen.
 * The tenant comes first, because permission is a prefix.
 */
export const keys = {
  /** Intake bucket: `<tenant>/<folder...>/<name>.json`, assets beside it. */
  rejection: (briefKey: string) => briefKey.replace(/\.json$/i, '.rejected.json'),
  asset: (briefKey: string, assetKey: string) => `${briefKey.slice(0, briefKey.lastIndexOf('/') + 1)}${assetKey}`,

  /** Artifacts bucket. */
  brief: (tenant: string, jobId: string) => `${job(tenant, jobId)}/brief.json`,
  /** `digest`: of the brief's key and bytes and its assets' tags; `round` counts the times the same upload was a new wish. */
  uploadClaim: (tenant: string, digest: string, round: number) => `tenants/${tenant}/uploads/${digest}/${round}.json`,
  prep: (tenant: string, jobId: string, name: string) => `${job(tenant, jobId)}/prep/${name}`,
  /** What the job renders with, chosen by its first plan. */
  components: (tenant: string, jobId: string) => `${job(tenant, jobId)}/components.json`,
  plan: (of: RenderPlace) => `${clipFolder(of)}/plan.json`,
  window: (of: RenderPlace, shot: ShotPlace, frames: Frames) => window(of, shot, frames, 'nut'),
  windowManifest: (of: RenderPlace, shot: ShotPlace, frames: Frames) => window(of, shot, frames, 'json'),
  /** What a window leaves for the next one. */
  windowContext: (of: RenderPlace, shot: ShotPlace, frames: Frames) => window(of, shot, frames, 'context'),
  /** State inside a window that a reclaimed machine left; nothing reads it once the window is committed. */
  windowCheckpoint: (of: RenderPlace, shot: ShotPlace, frames: Frames) => window(of, shot, frames, 'checkpoint'),
  /** Frames of our own model before they are enlarged: the same for both tiers, named by what they were made of, so takes never meet. */
  modelFrames: (tenant: string, jobId: string, shot: number, window: { start: number; end: number }, identity: string) =>
    `${job(tenant, jobId)}/frames/shots/${shotNumber(shot)}/${frame(window.start)}-${frame(window.end)}-${identity.slice(0, 16)}.frames`,
  /** What a text encoder made of a prompt; `digest` is of the encoder's files and the text. */
  promptEmbedding: (tenant: string, digest: string) => `tenants/${tenant}/embeddings/${digest}.safetensors`,
  clip: (of: RenderPlace, size: { width: number; height: number }) => `${clipFolder(of)}/clip-${size.width}x${size.height}.mp4`,
  poster: (of: RenderPlace) => `${clipFolder(of)}/poster.png`,
  contactSheet: (of: RenderPlace) => `${clipFolder(of)}/contact-sheet.png`,
  postDocument: (of: RenderPlace) => `${clipFolder(of)}/post.json`,

  /** What a reviewer is shown (`ReviewDossier`); `digest` of its bytes, so that a question asked again leaves the earlier one's as it was. */
  reviewDossier: (tenant: string, jobId: string, subject: string, round: number, digest: string) =>
    `${job(tenant, jobId)}/review/${subject}-${round}-${digest.slice(0, 16)}.json`,

  /** What safety said, below a prefix where nobody else may write: publishing believes it and not the message. */
  verdict: (tenant: string, jobId: string, of: 'brief' | Tier) => `verdicts/${tenant}/${jobId}/${of}.json`,

  /** What was read in a brief's pictures, beside the verdict that names it by its hash. */
  briefWords: (tenant: string, jobId: string, sha256: string) => `verdicts/${tenant}/${jobId}/brief-words-${sha256}.json`,

  /** A file of weights that a customer registered: its hash is its name, so the same file is kept once. */
  bundle: (sha256: string) => `bundles/${sha256}`,

  /** Deliverables bucket. */
  deliverable: (tenant: string, jobId: string, name: string) => `${job(tenant, jobId)}/${name}`,

  /** Ledger bucket: hive partitions, one JSON line per object; `factId` is a hash, so the same fact is the same object. */
  costFact: (day: string, tenant: string, factId: string) => `facts/cost/day=${day}/tenant=${tenant}/${factId}.json`,
  /** One line per published job: what `cost per rendered second` divides by. */
  publishedClip: (day: string, tenant: string, jobId: string) => `facts/published/day=${day}/tenant=${tenant}/${jobId}.json`,
  /** One line per shot that one decision sent back. */
  reworkedShots: (day: string, tenant: string, jobId: string, tier: Tier, take: number) =>
    `facts/reworked/day=${day}/tenant=${tenant}/${jobId}-${tier}-${take}.json`,
  /** One line per answer to a round of a question. */
  answeredQuestion: (day: string, tenant: string, jobId: string, subject: string, round: number) =>
    `facts/answered/day=${day}/tenant=${tenant}/${jobId}-${subject}-${round}.json`,
  /** One line per job that was refused before its final was rendered. */
  stoppedJob: (day: string, tenant: string, jobId: string) => `facts/stopped/day=${day}/tenant=${tenant}/${jobId}.json`,
} as const;

/** Partition keys of the provenance table, tenant first for the same reason. */
export const rows = {
  job: (tenant: string, jobId: string) => `${tenant}#${jobId}`,
  /** What people said of a campaign; a job's id is never called so. */
  campaign: (tenant: string, campaign: string) => `${tenant}#campaign#${campaign}`,
  tenantIndex: (tenant: string) => tenant,
  /** Component versions (`component#<id>#<version>`) and registered weights (`bundle#<sha256>`); no tenant is called so. */
  registry: '#registry',
  /** Auto-approval rules: how each stands, `rule#<name>`; no tenant is called so. */
  rules: '#rules',
} as const;
