import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Component } from '#contracts/component';

/** Larger files make every clone of the repository slow; weights are cut into shards below this. */
export const MAX_SHIPPED_BYTES = 16 * 1024 * 1024;

export type WeightsFiles = Component['files'];

/** Beside weights lie a model card, sample sheets and figures: graphs and shards are weights. A customer's bundle is weights as a whole. */
const isWeights = (path: string, weights: Component['weights']): boolean =>
  weights === 'shipped' ? /\.(onnx|bin|data)$/.test(path) : !/(^|\/)\.|\.md$/.test(path);

/** The weights below `folder` with their size and hash, by path. */
export async function weightsIn(folder: string, weights: Component['weights']): Promise<WeightsFiles> {
  const paths = existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
        .filter((path) => isWeights(path, weights))
        .sort()
    : [];
  const files: WeightsFiles = {};
  for (const path of paths) files[path] = await factsOf(join(folder, path));
  return files;
}

/** What is wrong between a component's manifest and the files in `folder`, a sentence each. Other files beside a customer's bundle are no problem. */
export async function weightsProblems(
  { id, files, weights }: Pick<Component, 'id' | 'files' | 'weights'>,
  folder: string,
): Promise<string[]> {
  const found = await weightsIn(folder, weights);
  const sentence = (name: string): string | undefined => {
    const [said, is] = [files[name], found[name]];
    if (!is) return `${id}: expected ${name} in ${folder}, found no file`;
    if (weights === 'shipped' && is.bytes > MAX_SHIPPED_BYTES)
      return `${id}: expected ${name} to have at most ${MAX_SHIPPED_BYTES} bytes, found ${is.bytes}`;
    if (!said && weights === 'registered') return undefined;
    if (!said) return `${id}: expected every file in component.json, found ${name} in ${folder} alone`;
    if (said.sha256 !== is.sha256 || said.bytes !== is.bytes)
      return `${id}: expected ${name} with sha256 ${said.sha256} (${said.bytes} bytes), found ${is.sha256} (${is.bytes} bytes)`;
    return undefined;
  };
  return [...new Set([...Object.keys(files), ...Object.keys(found)])].map(sentence).filter((problem) => problem !== undefined);
}

async function factsOf(path: string): Promise<WeightsFiles[string]> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { sha256: hash.digest('hex'), bytes: statSync(path).size };
}
