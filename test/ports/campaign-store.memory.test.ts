import { openMemoryCampaignStore } from '#adapters/memory/campaign-store';
import { campaignStoreSuite } from './campaign-store.suite.ts';

campaignStoreSuite('campaigns in memory', async () => openMemoryCampaignStore());
