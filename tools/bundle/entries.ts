import { existsSync } from 'node:fs';
import { join } from 'node:path';
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
    }),
  );
  return [...doors, ...workers];
}

export const missingSources = (root: string, all: readonly Entry[]): string[] =>
  all.filter((entry) => !existsSync(join(root, entry.source))).map((entry) => entry.source);
