import { openMemoryLedgerStore } from '#adapters/memory/ledger-store';
import { ledgerStoreSuite } from './ledger-store.suite.ts';

ledgerStoreSuite('the ledger in memory', () => openMemoryLedgerStore());
