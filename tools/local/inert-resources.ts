import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import reasons from './inert-types.json' with { type: 'json' };

const Template = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })).optional() });
type Template = z.infer<typeof Template>;

/** Why a type does nothing locally; a type that is not in this list and that the emulator does not know fails the deployment. */
export const INERT_TYPES: Readonly<Record<string, string>> = reasons;

/** Every template of a cloud assembly. */
export function stackTemplates(assembly: string): Template[] {
  return readdirSync(assembly)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => Template.parse(JSON.parse(readFileSync(join(assembly, name), 'utf8'))));
}

/** One line for each type in the templates that is accepted and does nothing, so that nobody believes it was tested. */
export function inertResources(templates: readonly Template[]): string[] {
  const counts = new Map<string, number>();
  for (const { Resources = {} } of templates) {
    for (const { Type } of Object.values(Resources)) if (Type in INERT_TYPES) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  }
  return [...counts].sort().map(([type, count]) => `does nothing locally: ${count} x ${type} (${INERT_TYPES[type]})`);
}
