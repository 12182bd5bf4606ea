import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Component } from '#contracts/component';

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
