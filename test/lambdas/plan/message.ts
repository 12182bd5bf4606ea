import { Brief } from '#contracts/brief';
import type { AcceptedBrief } from '#contracts/job';
import { keys } from '#contracts/keys';
import { PlanInput } from '#contracts/plan';
import type { Tier } from '#contracts/stages';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';

const jobId = 'acme_0123456789abcdef01234567';
const sha256 = 'a'.repeat(64);
const picture = (name: string) => ({
  ref: { bucket: 'artifacts', key: keys.prep('acme', jobId, name), sha256, bytes: 10 },
  width: 64,
  height: 64,
});

export const brief = Brief.parse({
  schema: 'framewright/brief/v1',
  tenant: 'acme',
  campaign: 'spring',
  product: { name: 'Coffee', photo: 'photo.png' },
  storyboard: [
    { seconds: 3, description: 'Morning light', camera: 'push-in', caption: 'Wake up' },
    { seconds: 2, description: 'Steam rises' },
  ],
  brand: { palette: ['#2b1a12', '#d9a066', '#f6eee3'] },
});

/** The message as it stands when planning begins, and the accepted brief it refers to in the store. */
export async function planInput(store: ArtifactStore, tier: Tier, asked = brief): Promise<PlanInput> {
  const accepted: AcceptedBrief = {
    brief: asked,
    source: { bucket: 'intake', key: 'acme/spring/brief.json', versionId: '1', bytes: 10 },
    assets: { 'photo.png': { bucket: 'intake', key: 'acme/spring/photo.png', versionId: '1', bytes: 10 } },
  };
  const ref = await store.put(keys.brief('acme', jobId), canonicalJson(accepted), 'application/json');
  return PlanInput.parse({
    job: { jobId, tenant: 'acme', campaign: 'spring', acceptedAt: '2026-11-24T00:00:00.000Z', brief: ref },
    prep: {
      photo: picture('photo.png'),
      cutout: picture('cutout.png'),
      thumbnail: picture('thumbnail.png'),
      mask: { source: 'alpha', confidence: 1, coverage: 0.4 },
      photoPalette: ['#805030'],
    },
    briefVerdict: { verdict: 'allow', reasons: [], policy: { version: '1', sha256 } },
    tier,
  });
}
