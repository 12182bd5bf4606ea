import { openRuleStore } from '#adapters/aws/rule-store';
import { ruleStoreSuite } from './rule-store.suite.ts';
import { sortedTable } from './sorted-table.ts';

ruleStoreSuite('rules on DynamoDB', async () => openRuleStore(await sortedTable('rules')));
