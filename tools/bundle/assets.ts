import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Entry } from './entries.ts';

/** Weights of the post component's captions: regular text, emphasis, titles. */
const FONTS = ['400Regular', '600SemiBold', '700Bold'] as const;
const MEDIA = ['ffmpeg', 'ffprobe'] as const;

/** Copies a file; says what to run when there is none. */
export function take(source: string, destination: string, remedy: string): void {
  if (!existsSync(source)) throw new Error(`expected ${source}, found nothing; ${remedy}`);
  cpSync(source, destination);
}

/** Files that travel beside a worker's code: its Dockerfile, and `worker/` for code in another language. Manifests are in the bundle. */
export function workerFiles(root: string, entry: Entry): string[] {
  const folder = join(root, 'containers', entry.name);
  const foreign = join(folder, 'worker');
  if (!existsSync(foreign)) return ['Dockerfile'];
  const files = readdirSync(foreign, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) => relative(folder, join(file.parentPath, file.name))).filter((path) => !path.includes('__pycache__'));
  return ['Dockerfile', ...paths.sort()];
}

/** A worker's folder is what its image is built from: code, Dockerfile, and fonts for the one that draws text. */
export function copyWorkerFiles(root: string, entry: Entry): void {
  const folder = join(root, entry.folder);
  for (const file of workerFiles(root, entry)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    take(join(root, 'containers', entry.name, file), join(folder, file), 'every image has one; see docs/guides/add-a-component.md');
  }
  const fonts = join(folder, 'fonts');
  rmSync(fonts, { recursive: true, force: true });
  if (entry.name !== 'post') return;
  mkdirSync(fonts, { recursive: true });
  for (const weight of FONTS) {
    const file = `Inter_${weight}.ttf`;
    take(join(root, 'node_modules/@expo-google-fonts/inter', weight, file), join(fonts, file), 'run: npm ci');
  }
}

export const MEDIA_LAYER = 'dist/layers/ffmpeg';

/** The ffmpeg layer: `/opt/bin` on Lambda, and what the worker images are given at build time. */
export function copyMedia(root: string): void {
  const folder = join(root, MEDIA_LAYER, 'bin');
  mkdirSync(folder, { recursive: true });
  for (const program of MEDIA)
    take(join(root, '.framewright/media', program), join(folder, program), 'run: node tools/setup.mjs, which unpacks ffmpeg');
}
