import { openMemoryRuleStore } from '#adapters/memory/rule-store';
import { ruleStoreSuite } from './rule-store.suite.ts';

ruleStoreSuite('rules in memory', async () => openMemoryRuleStore());
