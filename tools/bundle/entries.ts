import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { componentIds } from '#lib/components';
import { handlers } from '#lib/handlers';

export interface Entry {
  readonly kind: 'lambda' | 'container';
  /** `plan/write-plan` or `animatic`. */
  readonly name: string;
  /** Source file, relative to the project. */
  readonly source: string;
  /** Bundled file, relative to the project. */
  readonly output: string;
  /** Folder that is deployed, relative to the project. */
  readonly folder: string;
  readonly models: readonly string[];
}

/** Every door and every worker. Throws with the list of those whose file is missing. */
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
  const workers = componentIds(root).map(
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
