import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Component } from '#contracts/component';
import { capabilitiesOf, type MotionBackend, type WindowRequest, type WindowResult } from '../../../containers/harness/motion-backend.ts';
import { type DiffusersOptions, diffusersBackend } from '../../../containers/motion-diffusers/diffusers-backend.ts';
import type { PromptEmbeddings } from '../../../containers/motion-diffusers/prompt-embeddings.ts';
import type { Progress } from '../../../containers/motion-diffusers/worker-protocol.ts';
import manifest from '../../../containers/wan22-ti2v-5b/component.json' with { type: 'json' };

export const FOLDER = resolve(import.meta.dirname, '../../../containers/motion-diffusers');

export const dryRun = (...more: string[]) => ({
  command: 'python3',
  arguments: ['-m', 'worker', '--engine', 'dry-run', ...more],
  folder: FOLDER,
  environment: { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' },
});

const capabilities = capabilitiesOf(Component.parse(manifest));

/** The dry run reads no prompt. */
export const noEmbeddings = (folder: string): PromptEmbeddings => ({ folder, bring: async () => {}, keep: async () => {} });

export interface Bench {
  readonly backend: MotionBackend;
  readonly logged: string[];
  readonly progress: Progress[];
  readonly scratch: string;
}

const benches = new Set<Bench>();

/** A backend over a real child process that has no model. */
export async function bench(program = dryRun(), options: Partial<DiffusersOptions> = {}): Promise<Bench> {
  const scratch = mkdtempSync(join(tmpdir(), 'framewright-diffusers-'));
  const logged: string[] = [];
  const progress: Progress[] = [];
  const backend = diffusersBackend({
    componentId: 'wan22-ti2v-5b',
    capabilities,
    program,
    scratch,
    embeddings: noEmbeddings(join(scratch, 'embeddings')),
    log: (level, message, fields) => logged.push(`${level} ${message} ${JSON.stringify(fields)}`),
    heard: (step) => progress.push(step),
    ...options,
  });
  const made = { backend, logged, progress, scratch };
  benches.add(made);
  await backend.load({ files: new Map() });
  return made;
}

export async function clearBenches(): Promise<void> {
  for (const { backend, scratch } of benches) {
    await backend.close();
    rmSync(scratch, { recursive: true, force: true });
  }
  benches.clear();
}

export const request = (more: Partial<WindowRequest> = {}): WindowRequest => ({
  shot: {
    index: 0,
    start: 0,
    frames: 5,
    prompt: { text: 'silk flows', tokens: ['silk'] },
    words: 'waves',
    motif: 'waves',
    colors: ['#10243a', '#f2aa4c', '#ffffff'],
    camera: 'static',
    seed: 7,
    windows: [{ start: 0, end: 5, seed: 7 }],
  },
  window: { start: 0, end: 5, seed: 7 },
  plate: { width: 64, height: 32 },
  fps: 24,
  ...more,
});

export interface Made {
  readonly frames: Buffer[];
  readonly result: WindowResult;
}

export async function make(backend: MotionBackend, asked: WindowRequest, signal = new AbortController().signal): Promise<Made> {
  const frames: Buffer[] = [];
  const result = await backend.generate(asked, async (frame) => void frames.push(Buffer.from(frame)), signal);
  return { frames, result };
}

export const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise((later) => setTimeout(later, 5));
};
