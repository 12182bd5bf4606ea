import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from './model.ts';
import type { RegistrySnapshot } from './registry.ts';

export interface SavedState {
  readonly registry: RegistrySnapshot;
  readonly jobs: readonly Job[];
}

/** Definitions must survive a restart, as CloudFormation believes that they exist; the newest jobs are kept for `jobs list`. */
const JOBS_KEPT = 2000;
/** Many changes in a burst are one write. */
const WRITE_AFTER_MS = 250;

export class StateFile {
  readonly #path: string;
  readonly #read: () => SavedState;
  #timer: NodeJS.Timeout | undefined;

  constructor(stateDirectory: string, current: () => SavedState) {
    mkdirSync(stateDirectory, { recursive: true });
    this.#path = join(stateDirectory, 'batch.json');
    this.#read = current;
  }

  load(): SavedState | undefined {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8')) as SavedState;
    } catch {
      return undefined;
    }
  }

  changed(): void {
    this.#timer ??= setTimeout(() => this.write(), WRITE_AFTER_MS);
  }

  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { registry, jobs } = this.#read();
    writeFileSync(`${this.#path}.new`, JSON.stringify({ registry, jobs: jobs.slice(-JOBS_KEPT) }));
    renameSync(`${this.#path}.new`, this.#path);
  }
}
