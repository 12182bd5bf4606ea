import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { Component } from '#contracts/component';
import { weightsIn, weightsProblems } from './weights-files.ts';

/** Writes names, sizes and hashes of a component's weights into its manifest. Returns the manifest that was written. */
export async function hashWeights(root: string, id: string, from?: string): Promise<Component> {
  const file = join(root, 'containers', id, 'component.json');
  const manifest = z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')));
  const { weights } = Component.parse({ ...manifest, files: {} });
  const folder = from ?? join(root, 'models', id);
  const files = await weightsIn(folder, weights);
  if (Object.keys(files).length === 0) throw new Error(`expected weights of ${id} in ${folder}, found none`);
  const component = Component.parse({ ...manifest, files });
  const [problem] = await weightsProblems(component, folder);
  if (problem) throw new Error(problem);
  writeFileSync(file, `${JSON.stringify({ ...manifest, files }, null, 2)}\n`);
  return component;
}

const USAGE = `usage: node tools/models/hash-weights.ts <component>... [--from <folder>]
  Reads models/<component>/, or --from for weights that are not ours to ship, and writes hashes into containers/<component>/component.json.
  Other weights are another version: raise "version" when clips were already made with the old ones.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { from: { type: 'string' }, help: { type: 'boolean' } }, allowPositionals: true });
  if (values.help || positionals.length === 0) return console.log(USAGE);
  const root = join(import.meta.dirname, '../..');
  for (const id of positionals) {
    const { files } = await hashWeights(root, id, values.from);
    execFileSync(join(root, 'node_modules/.bin/biome'), ['format', '--write', `containers/${id}/component.json`], { cwd: root });
    for (const [name, { sha256, bytes }] of Object.entries(files)) console.log(`${id}/${name} ${bytes} bytes ${sha256}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
