import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { MESSAGE_CONTRACTS } from './message-contracts.ts';

export const SCHEMA_FOLDER = fileURLToPath(new URL('../../docs/reference/schemas/', import.meta.url));

/**
 * The JSON Schema of every contract, as file name and text: what a writer in another language may send. Checks that JSON Schema cannot
 * say (sums, well-formed Unicode) are only in the zod schemas, so a message that fits here can still be refused, with a reason.
 */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(MESSAGE_CONTRACTS).map(([name, contract]) => {
      const schema = z.toJSONSchema(contract, { io: 'input', target: 'draft-2020-12' });
      return [`${name}.json`, `${JSON.stringify({ title: name, ...schema }, undefined, 2)}\n`] as const;
    }),
  );
}

/** Writes the files and removes those of contracts that are gone. */
export async function writeSchemas(folder = SCHEMA_FOLDER): Promise<void> {
  const files = schemaFiles();
  await mkdir(folder, { recursive: true });
  const stale = (await readdir(folder)).filter((name) => !files.has(name));
  await Promise.all(stale.map((name) => rm(join(folder, name))));
  await Promise.all([...files].map(([name, text]) => writeFile(join(folder, name), text)));
}

if (import.meta.main) {
  await writeSchemas();
  console.log(`wrote ${schemaFiles().size} schemas to ${SCHEMA_FOLDER}`);
}
