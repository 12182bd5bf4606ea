import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NativePackage } from '#lib/handlers';
import { type Target, targetName } from './target.ts';

/** What stays outside the bundle because a binary lies beside the code. */
export const NATIVE_PACKAGES: readonly NativePackage[] = ['onnxruntime-node', 'sharp', '@contentauth/c2pa-wasm'];

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

/** The same on every machine. */
const c2pa = (): Part[] => [{ package: '@contentauth/c2pa-wasm', files: ['package.json', 'pkg/c2pa.js', 'pkg/c2pa_bg.wasm'] }];

const PARTS: Readonly<Record<NativePackage, (target: Target) => Part[]>> = {
  'onnxruntime-node': onnxruntime,
  sharp,
  '@contentauth/c2pa-wasm': c2pa,
};

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

/** Puts exactly what `packages` need at run time into `folder/node_modules`, and nothing that was there before. */
export function copyNatives(root: string, packages: readonly NativePackage[], folder: string, target: Target): void {
  const modules = join(folder, 'node_modules');
  rmSync(modules, { recursive: true, force: true });
  for (const name of packages) for (const part of PARTS[name](target)) copyPart(root, part, modules, target);
}

/** Folders below `dist` that hold a bundle, for the size table. */
export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
