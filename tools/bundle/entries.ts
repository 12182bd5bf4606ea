import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { allComponents, imagesOf } from '#lib/components';
import { handlers } from '#lib/handlers';

export interface Entry {
  readonly kind: 'lambda' | 'container';
  /** `plan/write-plan` or `animatic`: a worker is called as its image. */
  readonly name: string;
  /** Source file, relative to the project. */
  readonly source: string;
  /** Bundled file, relative to the project. */
  readonly output: string;
  /** Worker threads of this entry: files `*-thread.ts` beside its source, started by the name they have here. */
  readonly threads: readonly { readonly source: string; readonly output: string }[];
  /** Folder that is deployed, relative to the project. */
  readonly folder: string;
}

/** Every door, and every image that components run in. */
export function entries(root: string): Entry[] {
  const doors = handlers.map(
    ([name]): Entry => ({
      kind: 'lambda',
      name,
      source: `lambdas/${name}.ts`,
      output: `dist/lambdas/${name}/index.mjs`,
      folder: `dist/lambdas/${name}`,
      threads: [],
    }),
  );
  const workers = [...imagesOf(allComponents(root)).keys()].map(
    (name): Entry => ({
      kind: 'container',
      name,
      source: `containers/${name}/main.ts`,
      output: `dist/containers/${name}/main.mjs`,
      folder: `dist/containers/${name}`,
      threads: threadsOf(root, name),
    }),
  );
  return [...doors, ...workers];
}

const threadsOf = (root: string, image: string): Entry['threads'] =>
  (existsSync(join(root, 'containers', image)) ? readdirSync(join(root, 'containers', image)) : [])
    .filter((file) => file.endsWith('-thread.ts'))
    .map((file) => ({ source: `containers/${image}/${file}`, output: `dist/containers/${image}/${file.replace(/\.ts$/, '.mjs')}` }));

export const missingSources = (root: string, all: readonly Entry[]): string[] =>
  all.filter((entry) => !existsSync(join(root, entry.source))).map((entry) => entry.source);
