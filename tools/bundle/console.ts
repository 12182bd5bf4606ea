import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** Where the console lies: what the bucket behind its address is filled with, apart from `config.json`, which a deployment writes. */
export const CONSOLE_FOLDER = 'dist/console';

/** What goes in without being imported. */
export const CONSOLE_SOURCES = ['console/index.html'];

/** Browsers of the last two years: `light-dark()` and `<search>` came in 2024. */
const BROWSERS = ['chrome123', 'firefox120', 'safari17.5'];

/** Bundles the review console. Files in `assets/` carry a hash of their contents in their names, so they may be kept for ever. */
export async function bundleConsole(root: string, outdir = CONSOLE_FOLDER): Promise<Metafile> {
  const folder = resolve(root, outdir);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'console/main.tsx', out: 'console' },
      { in: 'console/icon.svg', out: 'icon' },
    ],
    entryNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'browser',
    format: 'esm',
    target: BROWSERS,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file', '.svg': 'copy' },
    legalComments: 'none',
    logLevel: 'error',
  });
  const named = (pattern: RegExp): string => {
    const found = Object.keys(metafile.outputs)
      .map((path) => basename(path))
      .find((name) => pattern.test(name));
    if (!found)
      throw new Error(`expected a file like ${pattern} among the console's bundles, found ${Object.keys(metafile.outputs).join(', ')}`);
    return found;
  };
  const page = readFileSync(join(root, 'console/index.html'), 'utf8')
    .replace('{{js}}', `assets/${named(/^console-.*\.js$/)}`)
    .replace('{{css}}', `assets/${named(/^console-.*\.css$/)}`)
    .replace('{{icon}}', `assets/${named(/^icon-.*\.svg$/)}`);
  writeFileSync(join(folder, 'index.html'), page);
  return metafile;
}
