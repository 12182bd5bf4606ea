import { DeployedPolicies, type TenantPolicy } from '#contracts/safety-policy';
import type { ArtifactStore } from '#domain/ports';
import { openArtifactStore } from './artifact-store.ts';

/** What the deployment brought for its tenants. The file's name holds its hash, so it never changes under a running function. */
export async function readTenantPolicies(
  location: string,
  open: (bucket: string) => ArtifactStore = (bucket) => openArtifactStore({ bucket }),
): Promise<readonly TenantPolicy[]> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  if (!bucket || !key) throw new Error(`FRAMEWRIGHT_SAFETY_POLICIES: expected s3://<bucket>/<key>, found ${location}`);
  const found = await open(bucket).find(key);
  if (!found) throw new Error(`expected the safety policies of this deployment at ${location}, found nothing; deploy it again`);
  return DeployedPolicies.parse(JSON.parse(new TextDecoder().decode(found.body))).tenants;
}
