import { CampaignRecord } from '#contracts/review';
import type { CampaignStore } from '#domain/ports';
import { NOTHING_SAID } from '#domain/review/campaign';

/** What people said of campaigns, in memory. */
export function openMemoryCampaignStore(): CampaignStore {
  const records = new Map<string, CampaignRecord>();
  const keyOf = (tenant: string, campaign: string): string => JSON.stringify([tenant, campaign]);
  const of = (tenant: string, campaign: string): CampaignRecord => structuredClone(records.get(keyOf(tenant, campaign)) ?? NOTHING_SAID);
  return {
    of: async (tenant, campaign) => of(tenant, campaign),
    async change(tenant, campaign, change) {
      const after = change(of(tenant, campaign));
      if (after) records.set(keyOf(tenant, campaign), CampaignRecord.parse(after));
    },
  };
}
