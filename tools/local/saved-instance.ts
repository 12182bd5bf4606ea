import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './fingerprint.ts';
import { claimPort } from './ports.ts';

/** Where the emulator and the local Batch keep what they know; kept or forgotten together, because they refer to each other. */
const SAVED = ['aws-state', 's3', 'batch.json', 'deploy', 'instance.json'];

/**
 * What an earlier instance saved in a state directory. It can be used again only as a whole:
 * after an orderly end, as the emulator saves nothing when it crashes, and on the same port, as queue addresses contain the port.
 * Otherwise everything is forgotten: half a state is worse than none.
 */
export class SavedInstance {
  readonly #directory: string;
  readonly #mark: string;

  constructor(stateDirectory: string) {
    this.#directory = stateDirectory;
    this.#mark = join(stateDirectory, 'in-use');
  }

  /** Called before the servers start: the port to use, with what can be kept still in place and the rest gone. */
  async open({ keep, port }: { keep: boolean; port: number | undefined }): Promise<number> {
    const saved = keep && !existsSync(this.#mark) ? readJson<{ port: number }>(join(this.#directory, 'instance.json')) : undefined;
    const isKept = saved !== undefined && (port ?? saved.port) === saved.port && (await isFree(saved.port));
    const used = isKept ? saved.port : await claimPort(port, 'the local AWS');
    if (!isKept) for (const name of SAVED) rmSync(join(this.#directory, name), { recursive: true, force: true });
    writeFileSync(this.#mark, '');
    writeFileSync(join(this.#directory, 'instance.json'), JSON.stringify({ port: used }));
    return used;
  }

  /** Called when both servers have saved and ended. */
  close(): void {
    rmSync(this.#mark, { force: true });
  }
}

async function isFree(port: number): Promise<boolean> {
  return claimPort(port, 'the local AWS').then(
    () => true,
    () => false,
  );
}
