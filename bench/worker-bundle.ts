import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE_OPTIONS } from '#tools/bundle/esbuild-options';

/** Bundles one worker as it is deployed, so that starting it costs what it costs there. */
export async function bundleWorker(source: string, folder: string): Promise<string> {
  await build({ ...BUNDLE_OPTIONS, entryPoints: { main: source }, outdir: folder });
  return join(folder, 'main.mjs');
}
