import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { imagesOf, readComponents } from '#lib/components';
import { handlers } from '#lib/handlers';

export interface Entry {
  readonly kind: 'lambda' | 'container';
  /** `plan/write-plan` or `animatic`: a worker is called as its image. */
  readonly name: string;
  /** Source file, relative to the project. */
  readonly source: string;
  /** Bundled file, relative to the project. */
  readonly output: string;
  /** Folder that is deployed, relative to the project. */
  readonly folder: string;
  readonly models: readonly string[];
  /** Sources of threads that the entry starts; each is bundled into a file of its own beside it. */
  readonly threads: readonly string[];
}

/** Every door, and every image that components run in. */
export function entries(root: string): Entry[] {
  const doors = handlers.map(
    ([name, spec]): Entry => ({
      kind: 'lambda',
      name,
      source: `lambdas/${name}.ts`,
      output: `dist/lambdas/${name}/index.mjs`,
      folder: `dist/lambdas/${name}`,
      models: spec.models ?? [],
      threads: [],
    }),
  );
  const workers = [...imagesOf(readComponents(root)).keys()].map(
    (name): Entry => ({
      kind: 'container',
      name,
      source: `containers/${name}/main.ts`,
      output: `dist/containers/${name}/main.mjs`,
      folder: `dist/containers/${name}`,
      models: [],
      threads: globSync(`containers/${name}/*-thread.ts`, { cwd: root }).sort(),
    }),
  );
  return [...doors, ...workers];
}

/** Bundled files of an entry and the sources they are made of: its own, and its threads'. */
export const bundledFiles = ({ source, output, folder, threads }: Entry): { readonly source: string; readonly output: string }[] => [
  { source, output },
  ...threads.map((thread) => ({ source: thread, output: `${folder}/${basename(thread, '.ts')}.mjs` })),
];

export const missingSources = (root: string, all: readonly Entry[]): string[] =>
  all.filter((entry) => !existsSync(join(root, entry.source))).map((entry) => entry.source);
