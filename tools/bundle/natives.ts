import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { NativePackage } from '#lib/handlers';
import { REQUIRE_BANNER } from './esbuild-options.ts';
import { type Target, targetName } from './target.ts';

/** What stays outside the bundle because a binary lies beside the code. */
export const NATIVE_PACKAGES: readonly NativePackage[] = ['onnxruntime-node', 'sharp', '@contentauth/c2pa-node'];

interface Part {
  readonly package: string;
  /** Paths inside the package, files or folders; the whole package when absent. */
  readonly files?: readonly string[];
}

/** onnxruntime-node unpacks to 301 MB for six machines; one of them is 46 MB. */
const onnxruntime = ({ platform, cpu }: Target): Part[] => [
  { package: 'onnxruntime-node', files: ['package.json', 'dist', `bin/napi-v6/${platform}/${cpu}`] },
  { package: 'onnxruntime-common', files: ['package.json', 'dist/cjs'] },
];

const sharp = (target: Target): Part[] => [
  { package: 'sharp', files: ['package.json', 'dist'] },
  { package: `@img/sharp-${targetName(target)}` },
  { package: `@img/sharp-libvips-${targetName(target)}`, files: ['package.json', 'versions.json', 'lib'] },
  { package: '@img/colour', files: ['package.json', 'color.cjs', 'index.cjs'] },
  { package: 'detect-libc', files: ['package.json', 'lib'] },
  { package: 'semver' },
];

const NOT_CODE = /(\.d\.[cm]?ts|\.map|\.md|\.spec\.js|LICENSE\.txt)$/;

function copyPart(root: string, part: Part, modules: string, target: Target): void {
  const from = join(root, 'node_modules', part.package);
  for (const file of part.files ?? ['.']) {
    const source = join(from, file);
    if (!existsSync(source))
      throw new Error(
        `expected ${part.package} for ${targetName(target)} at ${source}, found nothing; ` +
          `install it: npm install --no-save --os=${target.platform} --cpu=${target.cpu} ${part.package}`,
      );
    const to = join(modules, part.package, file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(source, to, { recursive: true, filter: (path) => !NOT_CODE.test(path) });
  }
}

/** c2pa-node's JavaScript pulls eight small packages in: they become one file beside its binary. */
async function packC2pa(root: string, modules: string, target: Target): Promise<void> {
  if (targetName(target) !== 'linux-x64')
    throw new Error(
      `expected linux-x64, found ${targetName(target)}: @contentauth/c2pa-node 0.8.0 carries a binary for linux-x64 only, so publish runs there`,
    );
  const from = join(root, 'node_modules/@contentauth/c2pa-node');
  const to = join(modules, '@contentauth/c2pa-node');
  const { version } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { version: string };
  mkdirSync(to, { recursive: true });
  await build({
    entryPoints: [join(from, 'dist/index.js')],
    outfile: join(to, 'index.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE_BANNER },
    logLevel: 'error',
  });
  cpSync(join(from, 'dist/index.node'), join(to, 'index.node'));
  const manifest = { name: '@contentauth/c2pa-node', version, type: 'module', main: 'index.mjs' };
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Puts exactly what `packages` need at run time into `folder/node_modules`, and nothing that was there before. */
export async function copyNatives(root: string, packages: readonly NativePackage[], folder: string, target: Target): Promise<void> {
  const modules = join(folder, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  for (const name of packages) {
    if (name === '@contentauth/c2pa-node') await packC2pa(root, modules, target);
    else for (const part of name === 'sharp' ? sharp(target) : onnxruntime(target)) copyPart(root, part, modules, target);
  }
}

/** Folders below `dist` that hold a bundle, for the size table. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
