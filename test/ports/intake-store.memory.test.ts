import { openMemoryIntakeStore } from '#adapters/memory/intake-store';
import { intakeStoreSuite } from './intake-store.suite.ts';

intakeStoreSuite('the intake bucket in memory', async () => {
  const store = openMemoryIntakeStore();
  return { store, upload: async (key, body) => void store.upload(key, body) };
});
