import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Component } from '#contracts/component';
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

/** Components are the folders of `containers/` that describe themselves. */
export const componentIds = (root: string): string[] =>
  existsSync(join(root, 'containers'))
    ? readdirSync(join(root, 'containers'))
        .filter((id) => existsSync(join(root, 'containers', id, 'component.json')))
        .sort()
    : [];

/** Reads the manifests; the error of a malformed one names its file. */
export const readComponents = (root: string): Component[] =>
  componentIds(root).map((id) => {
    const file = `containers/${id}/component.json`;
    const parsed = Component.safeParse(JSON.parse(readFileSync(join(root, file), 'utf8')));
    if (!parsed.success) throw new Error(`${file}: ${parsed.error.message}`);
    if (parsed.data.id !== id) throw new Error(`${file}: expected id "${id}", as its folder is called, found "${parsed.data.id}"`);
    return parsed.data;
  });
