import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Component } from '#contracts/component';

const FOLDER = join(import.meta.dirname, '../../contracts/examples/component/invalid');

it.each(readdirSync(FOLDER))('refuses %s, and names the key that the file is called after', (file) => {
  const { error } = Component.safeParse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  expect(error?.issues.flatMap(({ path }) => path)).toContain(file.split('-')[0]?.replace('.json', ''));
});
