import { openMemoryCostArchive } from '#adapters/memory/cost-archive';
import { costArchiveSuite } from './cost-archive.suite.ts';

costArchiveSuite('cost facts in memory', () => {
  const archive = openMemoryCostArchive();
  return { archive, read: async (key) => archive.objects.get(key) };
});
