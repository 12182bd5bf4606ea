import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { copyMedia, copyModels, copyWorkerFiles, workerFiles } from './bundle/assets.ts';
import { bundleConsole, CONSOLE_FOLDER, CONSOLE_SOURCES } from './bundle/console.ts';
import { type Entry, entries, missingSources } from './bundle/entries.ts';
import { BUNDLE_OPTIONS } from './bundle/esbuild-options.ts';
import { contentHash, isFresh, remember } from './bundle/fingerprint.ts';
import { copyNatives, filesBelow, NATIVE_PACKAGES } from './bundle/natives.ts';
import { sizesOf, sizeTable } from './bundle/sizes.ts';
import { AWS_TARGET, parseTarget, type Target, targetName } from './bundle/target.ts';
import { writeZip } from './bundle/zip.ts';

/** Runs esbuild once over all entries; with `write: false` nothing touches the disk, which is how the architecture test reads imports. */
export async function runEsbuild(root: string, all: readonly Entry[], write: boolean): Promise<Metafile> {
  const { metafile } = await build({
    ...BUNDLE_OPTIONS,
    absWorkingDir: root,
    entryPoints: all
      .flatMap((entry) => [entry, ...entry.threads])
      .map(({ source, output }) => ({ in: source, out: output.slice(0, -'.mjs'.length) })),
    outdir: '.',
    external: [...NATIVE_PACKAGES],
    write,
  });
  return metafile;
}

/** Native packages that an entry and its threads really import, read from what esbuild left outside their bundles. */
export const nativesOf = (metafile: Metafile, entry: Entry) => {
  const imports = [entry, ...entry.threads].flatMap(({ output }) => metafile.outputs[output]?.imports ?? []);
  return NATIVE_PACKAGES.filter((name) => imports.some((one) => one.external && one.path === name));
};

type Compression = 1 | 9;
/** For a local AWS: 350 MB of binaries take 4 s instead of 40, and the archives are 10 % larger. */
const QUICK: Compression = 1;
/** For an upload to AWS. */
const SMALL: Compression = 9;

/** Builds `dist/`: Lambdas, workers, the ffmpeg layer, the review console, `meta.json` an archive beside each folder, and `assets.json` with a
 * content hash for each. */
export async function bundle(root: string, target: Target, level: Compression = QUICK): Promise<'built' | 'fresh'> {
  const all = entries(root);
  const absent = missingSources(root, all);
  if (absent.length > 0)
    throw new Error(`expected a source file for every entry of lib/handlers.ts and containers/, found none at:\n  ${absent.join('\n  ')}`);
  checkBuilder(target);
  const request = JSON.stringify([targetName(target), level, all]);
  if (isFresh(root, request)) return 'fresh';

  rmSync(join(root, 'dist'), { recursive: true, force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  const metafile = await runEsbuild(root, all, true);
  writeFileSync(join(root, 'dist/meta.json'), JSON.stringify(metafile));
  for (const entry of all) {
    copyNatives(root, nativesOf(metafile, entry), join(root, entry.folder), target);
    copyModels(root, entry);
    if (entry.kind === 'container') copyWorkerFiles(root, entry);
  }
  copyMedia(root);
  const site = await bundleConsole(root);

  const assets: [string, string][] = [];
  for (const folder of [...all.map((entry) => entry.folder), 'dist/layers/ffmpeg', CONSOLE_FOLDER]) {
    const files = filesBelow(join(root, folder));
    assets.push([folder, contentHash(join(root, folder), files)]);
    await writeZip(join(root, folder), files, join(root, `${folder}.zip`), level);
  }
  writeFileSync(
    join(root, 'dist/assets.json'),
    `${JSON.stringify({ target: targetName(target), assets: Object.fromEntries(assets) }, null, 2)}\n`,
  );
  remember(root, request, [
    ...Object.keys(metafile.inputs),
    ...Object.keys(site.inputs),
    ...CONSOLE_SOURCES,
    ...all.flatMap((entry) => entry.models.map((model) => `.framewright/models/${model}`)),
    ...all.flatMap((entry) =>
      entry.kind === 'container' ? workerFiles(root, entry).map((file) => `containers/${entry.name}/${file}`) : [],
    ),
    ...['ffmpeg', 'ffprobe'].map((program) => `.framewright/media/${program}`),
    'package-lock.json',
    'lib/handlers.ts',
    'tools/bundle.ts',
    'tools/bundle/console.ts',
    'tools/bundle/natives.ts',
    'tools/bundle/zip.ts',
    'tools/bundle/esbuild-options.ts',
  ]);
  return 'built';
}

/** The machine this runs on: what a local AWS needs. */
export const thisMachine = (): Target => parseTarget(`${process.platform}-${process.arch}`);

/** The ffmpeg layer is made from the ffmpeg of this machine, and a layer with another machine's would only fail when it is deployed. */
export function checkBuilder(target: Target, builder: Target = thisMachine()): void {
  if (targetName(target) === targetName(builder)) return;
  throw new Error(
    `expected to build for ${targetName(target)} on such a machine, found ${targetName(builder)}; docs/guides/deploy.md says how`,
  );
}

const USAGE = `usage: npm run build -- [--target aws|linux-x64|linux-arm64|darwin-arm64|darwin-x64] [--sizes]
  --target  where the code will run; "aws" is ${targetName(AWS_TARGET)}; this machine when left out
  --sizes   print raw and compressed sizes`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { target: { type: 'string' }, sizes: { type: 'boolean' }, help: { type: 'boolean' } } });
  if (values.help) return console.log(USAGE);
  const root = join(import.meta.dirname, '..');
  const target = values.target === undefined ? thisMachine() : values.target === 'aws' ? AWS_TARGET : parseTarget(values.target);
  const started = performance.now();
  const outcome = await bundle(root, target, values.target === undefined ? QUICK : SMALL);
  console.log(`dist/ for ${targetName(target)}: ${outcome} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  if (values.sizes) console.log(sizeTable(sizesOf(root, entries(root))));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
