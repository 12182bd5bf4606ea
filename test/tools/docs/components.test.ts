import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { readComponents } from '#lib/components';
import { COMPONENTS_PAGE, componentsPage } from '../../../tools/docs/components.ts';

const components = readComponents(resolve(import.meta.dirname, '../../..'));

it('has a page that says what the manifests say; `node tools/docs/components.ts` writes it again', () => {
  expect(readFileSync(COMPONENTS_PAGE, 'utf8')).toBe(componentsPage(components));
});

it('describes every component and what it can make', () => {
  const page = componentsPage(components);
  for (const { id, version } of components) expect(page).toContain(`[${id}](#${id}) ${version}`);
  expect(page).toContain('1 to 48 frames, any length; neighbours share 0');
});
