import { openCampaignStore } from '#adapters/aws/campaign-store';
import { campaignStoreSuite } from './campaign-store.suite.ts';
import { sortedTable } from './sorted-table.ts';

campaignStoreSuite('campaigns on DynamoDB', async () => openCampaignStore(await sortedTable('campaigns')));
