import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Lends an empty folder and takes it back. Its name is the Batch job's, so an attempt first clears what an attempt that was
 * killed on this machine left behind.
 */
export async function withScratch<T>(batchJobId: string, part: number, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(tmpdir(), `framewright-${batchJobId.replace(/[^A-Za-z0-9-]/g, '-')}-${part}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
