import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';

export const root = resolve(import.meta.dirname, '../..');

/** One import as it stands in a file: to another file of the project, or to a package. */
export interface Import {
  readonly from: string;
  readonly to: string;
  readonly isPackage: boolean;
}

const FOLDERS = ['contracts', 'domain', 'adapters', 'lambdas', 'containers', 'lib', 'console', 'bin'];

export const sources = (folder: string): string[] => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }).sort();

/**
 * Every import of every source file, types included: esbuild would drop imports of types alone, so they are kept by asking it
 * to treat all imports as used.
 */
export async function imports(): Promise<Import[]> {
  const entryPoints = FOLDERS.flatMap(sources);
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'dist-of-the-architecture-test', // never written
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, jsx: 'react-jsx', jsxImportSource: 'preact' } },
  });
  return Object.entries(metafile.inputs).flatMap(([from, { imports: found }]) =>
    found.map(({ path, external }) => ({ from, to: path, isPackage: external === true })),
  );
}

/** The first folder of a project path is its room. */
export const roomOf = (path: string): string => path.split('/')[0] ?? '';
/** `@scope/name/deep` and `name/deep` are packages `@scope/name` and `name`; `node:fs` is itself. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
