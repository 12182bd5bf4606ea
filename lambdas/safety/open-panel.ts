import { type Encode, openCloudVoters } from '#adapters/aws/cloud-voters';
import { readLikenessList } from '#adapters/aws/likeness-list';
import { readTenantPolicies } from '#adapters/aws/safety-policies';
import { openPictureReader, openPictureVoters } from '#adapters/inference/picture-voters';
import type { WatermarkSigns } from '#adapters/inference/stock-watermark-voter';
import { openTextModel } from '#adapters/inference/text/sentence-model';
import { requireEnvironment } from '#contracts/environment';
import { CloudVoters, switchedOnBy, type TenantPolicy } from '#contracts/safety-policy';
import type { SentenceModel } from '#domain/ports';
import { wordReaders } from '#domain/safety/brief/word-readers';
import type { Panel } from '#domain/safety/panel';
import { type EffectivePolicy, policyOf } from '#domain/safety/policy/effective';
import { patience } from '../patience.ts';
import type { StepSurroundings } from '../step.ts';

/** Who looks in this deployment, and by whose policy. */
export interface Bench {
  readonly policy: (tenant: string) => EffectivePolicy;
  /** `together`: seconds that all voters may take for one job. */
  readonly panel: (policy: EffectivePolicy, together: number) => Panel;
}

/** Opened with the first job and kept with the sandbox; an opening that failed is tried again with the next one. */
export function openBench(environment: StepSurroundings['environment'], encode: Encode, watermarks: WatermarkSigns): () => Promise<Bench> {
  let opened: Promise<Bench> | undefined;
  return () => {
    opened ??= open(environment, encode, watermarks);
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
}

async function open(environment: StepSurroundings['environment'], encode: Encode, watermarks: WatermarkSigns): Promise<Bench> {
  const named = requireEnvironment(environment, [
    'FRAMEWRIGHT_SAFETY_POLICIES',
    'FRAMEWRIGHT_CLOUD_VOTERS',
    'FRAMEWRIGHT_MODELS',
    'FRAMEWRIGHT_WORD_MODELS',
  ]);
  const wanted = CloudVoters.parse(JSON.parse(named.FRAMEWRIGHT_CLOUD_VOTERS));
  const cloud = openCloudVoters(wanted, encode);
  const { FRAMEWRIGHT_LIKENESS_LIST: likeness } = environment;
  const [tenants, denyList] = await Promise.all([
    readTenantPolicies(named.FRAMEWRIGHT_SAFETY_POLICIES),
    likeness === undefined ? [] : readLikenessList(likeness),
  ]);
  return benchOf(tenants, wanted, {
    text: cloud.text,
    pictures: [...openPictureVoters(named.FRAMEWRIGHT_MODELS, watermarks, denyList), ...cloud.pictures],
    reader: openPictureReader(named.FRAMEWRIGHT_MODELS),
    sentences: openTextModel(named.FRAMEWRIGHT_WORD_MODELS),
  });
}

/** The bench with given voters; a test passes its own. */
export const benchOf = (
  tenants: readonly TenantPolicy[],
  wanted: CloudVoters,
  { text, pictures, reader, sentences }: Pick<Panel, 'text' | 'pictures' | 'reader'> & { readonly sentences: SentenceModel },
): Bench => ({
  policy: (tenant) => policyOf(tenant, tenants, { switchedOn: switchedOnBy(wanted) }),
  panel: (policy, together) => ({
    text: [...wordReaders(policy.lexicon, sentences), ...text],
    pictures,
    reader,
    patience: patience(together),
  }),
});
