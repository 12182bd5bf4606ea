import { fileURLToPath } from 'node:url';
import { openCloudVoters } from '#adapters/aws/cloud-voters';
import { readTenantPolicies } from '#adapters/aws/safety-policies';
import { openPictureVoters } from '#adapters/inference/picture-voters';
import { requireEnvironment } from '#contracts/environment';
import { CloudVoters, switchedOnBy, type TenantPolicy } from '#contracts/safety-policy';
import type { PictureCodec, PictureVoter } from '#domain/ports';
import { rulesVoter } from '#domain/safety/brief/rules-voter';
import type { Panel } from '#domain/safety/panel';
import { type EffectivePolicy, policyOf } from '#domain/safety/policy/effective';
import { logger } from '../observability.ts';
import type { StepSurroundings } from '../step.ts';
import { patience } from './patience.ts';

/** Who looks in this deployment, and by whose policy. */
export interface Bench {
  readonly policy: (tenant: string) => EffectivePolicy;
  /** `together`: seconds that all voters may take for one job. */
  readonly panel: (policy: EffectivePolicy, together: number) => Panel;
}

const MODELS = fileURLToPath(new URL('./models', import.meta.url));

/** Opened with the first job and kept with the sandbox; an opening that failed is tried again with the next one. */
export function openBench(environment: StepSurroundings['environment'], pictures: PictureCodec): () => Promise<Bench> {
  let opened: Promise<Bench> | undefined;
  return () => {
    opened ??= open(environment, pictures);
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
}

async function open(environment: StepSurroundings['environment'], pictures: PictureCodec): Promise<Bench> {
  const named = requireEnvironment(environment, ['FRAMEWRIGHT_SAFETY_POLICIES', 'FRAMEWRIGHT_CLOUD_VOTERS']);
  const wanted = CloudVoters.parse(JSON.parse(named.FRAMEWRIGHT_CLOUD_VOTERS));
  const cloud = openCloudVoters(wanted, pictures);
  const [tenants, own] = await Promise.all([readTenantPolicies(named.FRAMEWRIGHT_SAFETY_POLICIES), ownVoters()]);
  return benchOf(tenants, wanted, { text: cloud.text, pictures: [...own, ...cloud.pictures] });
}

/** The bench with given voters; a test passes its own. */
export const benchOf = (
  tenants: readonly TenantPolicy[],
  wanted: CloudVoters,
  { text, pictures, reader }: Pick<Panel, 'text' | 'pictures' | 'reader'>,
): Bench => ({
  policy: (tenant) => policyOf(tenant, tenants, { switchedOn: switchedOnBy(wanted) }),
  panel: (policy, together) => ({ text: [rulesVoter(policy.lexicon), ...text], pictures, reader, patience: patience(together) }),
});

/** Models that do not open leave their voters out: the policy expects them, so every verdict is `review` until they are back. */
async function ownVoters(): Promise<readonly PictureVoter[]> {
  return openPictureVoters(MODELS).catch((error: unknown) => {
    logger.error('picture voters could not be opened', { error: String(error) });
    return [];
  });
}
