import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCHEMA_FOLDER, schemaFiles } from '#tools/docs/schemas';

it('keeps the reference schemas current; `node tools/docs/schemas.ts` writes them', async () => {
  const expected = schemaFiles();
  expect((await readdir(SCHEMA_FOLDER)).sort()).toEqual([...expected.keys()].sort());
  for (const [name, text] of expected) expect(await readFile(join(SCHEMA_FOLDER, name), 'utf8'), name).toBe(text);
});
