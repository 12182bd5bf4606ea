import type { BuildOptions } from 'esbuild';

/**
 * CommonJS dependencies inside an ESM bundle ask for `require` and `__dirname`. No top-level await: the local Lambda host loads
 * handlers with `require`.
 */
export const REQUIRE_BANNER = [
  "import { createRequire as framewrightRequire } from 'node:module';",
  'const require = framewrightRequire(import.meta.url);',
  'const __filename = import.meta.filename;',
  'const __dirname = import.meta.dirname;',
].join(' ');

/** One set of options for every entry, so a bundle differs from its neighbour only in what it imports. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  minify: true,
  keepNames: true, // error names and class names are read by people in logs
  platform: 'node',
  format: 'esm',
  target: 'node22',
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.mjs' },
  banner: { js: REQUIRE_BANNER },
  metafile: true,
  legalComments: 'none',
  sourcemap: false,
  logLevel: 'error',
  // fluent-ffmpeg asks for a coverage build that is not in its package when this variable is set
  define: { 'process.env.FLUENTFFMPEG_COV': 'undefined' },
} as const satisfies BuildOptions;
