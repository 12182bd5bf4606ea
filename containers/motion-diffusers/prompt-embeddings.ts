import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { keys } from '#contracts/keys';
import type { ArtifactStore } from '#domain/ports';
import type { LoadedBundle } from '../harness/motion-backend.ts';

/** Prompts that were encoded once need no text encoder, which is 11 GB to fetch, read and run. */
export interface PromptEmbeddings {
  /** Files by digest, shared by the jobs of this machine. */
  readonly folder: string;
  /** Puts what the store knows into the folder. */
  bring(encoder: string, prompts: readonly string[]): Promise<void>;
  /** Gives the store what the folder has and it has not. */
  keep(encoder: string, prompts: readonly string[]): Promise<void>;
}

/** Names the text encoder by its files, which the harness stores under their hashes: another encoder says other things of a prompt. */
export function encoderOf(bundle: LoadedBundle): string {
  const files = [...bundle.files].filter(([name]) => /^(text_encoder|tokenizer)--/.test(name));
  const facts = files.map(([name, path]) => `${name} ${basename(path)}`).sort();
  return createHash('sha256').update(facts.join('\n')).digest('hex');
}

/** The same as `Prompts.file` in worker/prompts.py. */
export const embeddingDigest = (encoder: string, prompt: string): string =>
  createHash('sha256').update(`${encoder}\n${prompt}`).digest('hex');

/** A tenant's prompts are the tenant's: its embeddings lie below its own prefix. */
export function storedEmbeddings(store: ArtifactStore, tenant: string, folder: string): PromptEmbeddings {
  const known = new Set<string>();
  const fileOf = (digest: string): string => join(folder, `${digest}.safetensors`);
  return {
    folder,
    async bring(encoder, prompts) {
      for (const digest of prompts.map((prompt) => embeddingDigest(encoder, prompt))) {
        if (existsSync(fileOf(digest))) continue;
        const found = await store.find(keys.promptEmbedding(tenant, digest));
        if (!found) continue;
        known.add(digest);
        const part = `${fileOf(digest)}.${process.pid}.part`;
        await writeFile(part, found.body);
        await rename(part, fileOf(digest));
      }
    },
    async keep(encoder, prompts) {
      for (const digest of prompts.map((prompt) => embeddingDigest(encoder, prompt))) {
        if (known.has(digest) || !existsSync(fileOf(digest))) continue;
        await store.create(keys.promptEmbedding(tenant, digest), await readFile(fileOf(digest)), 'application/octet-stream');
        known.add(digest);
      }
    },
  };
}
