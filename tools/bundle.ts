import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { modelFiles } from '#lib/handlers';
import { type Level, takeOver } from './bundle/archives.ts';
import { copyMedia, copyWorkerFiles, MEDIA_LAYER, workerFiles } from './bundle/assets.ts';
import { bundleConsole, CONSOLE_FOLDER, CONSOLE_SOURCES } from './bundle/console.ts';
import { type Entry, entries, missingSources } from './bundle/entries.ts';
import { BUNDLE_OPTIONS } from './bundle/esbuild-options.ts';
import { contentHash, isFresh, remember } from './bundle/fingerprint.ts';
import { copyModels, MODELS_LAYERS } from './bundle/models-layer.ts';
import { copyNatives, filesBelow, NATIVE_PACKAGES } from './bundle/natives.ts';
import { sizesOf, sizeTable } from './bundle/sizes.ts';
import { AWS_TARGET, parseTarget, type Target, targetName } from './bundle/target.ts';
import { type PackedFiles, writeZip } from './bundle/zip.ts';

/** Runs esbuild once over all entries; with `write: false` nothing touches the disk, which is how the architecture test reads imports. */
export async function runEsbuild(root: string, all: readonly Entry[], write: boolean): Promise<Metafile> {
  // esbuild is a short-lived Go program here: without its garbage collector it takes 6.7 s of CPU instead of 10.3, and 1.6 GB instead of 1.35.
  process.env.GOGC ??= 'off';
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

/** For a local AWS: 350 MB of binaries take 4 s instead of 40, and the archives are 10 % larger. */
const QUICK: Level = 1;
/** For an upload to AWS. */
const SMALL: Level = 9;

/** Builds `dist/`: Lambdas, workers, the ffmpeg layer, the review console, `meta.json` an archive beside each folder, and `assets.json` with a
 * content hash for each. */
export async function bundle(root: string, target: Target, level: Level = QUICK): Promise<'built' | 'fresh'> {
  const all = entries(root);
  const absent = missingSources(root, all);
  if (absent.length > 0)
    throw new Error(`expected a source file for every entry of lib/handlers.ts and containers/, found none at:\n  ${absent.join('\n  ')}`);
  checkBuilder(target);
  const foreign = all.flatMap((entry) =>
    entry.kind === 'container' ? workerFiles(root, entry).map((file) => `containers/${entry.name}/${file}`) : [],
  );
  const request = JSON.stringify([targetName(target), level, all, foreign, process.version]);
  if (isFresh(root, request)) return 'fresh';

  const archives = takeOver(root, level);
  const metafile = await runEsbuild(root, all, true);
  writeFileSync(join(root, 'dist/meta.json'), JSON.stringify(metafile));
  for (const entry of all) {
    copyNatives(root, nativesOf(metafile, entry), join(root, entry.folder), target);
    if (entry.kind === 'container') copyWorkerFiles(root, entry);
  }
  copyMedia(root);
  copyModels(root);
  const site = await bundleConsole(root);

  const assets: [string, string][] = [];
  const seen: PackedFiles = new Map();
  for (const folder of [...all.map((entry) => entry.folder), MEDIA_LAYER, ...MODELS_LAYERS, CONSOLE_FOLDER]) {
    const files = filesBelow(join(root, folder));
    const hash = contentHash(join(root, folder), files);
    assets.push([folder, hash]);
    if (!archives.isCurrent(folder, hash)) await writeZip(join(root, folder), files, join(root, `${folder}.zip`), level, seen);
  }
  archives.finish(targetName(target), assets);
  remember(root, request, [
    ...Object.keys(metafile.inputs),
    ...Object.keys(site.inputs),
    ...CONSOLE_SOURCES,
    ...modelFiles().map((model) => `.framewright/models/${model}`),
    ...foreign,
    ...['ffmpeg', 'ffprobe'].map((program) => `.framewright/media/${program}`),
    ...readdirSync(join(root, 'tools/bundle')).map((file) => `tools/bundle/${file}`),
    ...['model-hashes.json', 'taken-hashes.json'].map((file) => `tools/models/${file}`),
    'package-lock.json',
    'lib/handlers.ts',
    'tools/bundle.ts',
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
