import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoadedBundle } from '../harness/motion-backend.ts';

/** Stands for the slash in names of bundle files, which are plain: `transformer--config.json` is `transformer/config.json`. */
const SLASH = '--';

/** Lays the files of a bundle out as diffusers reads them, by links: weights are gigabytes. */
export async function modelFolder(bundle: LoadedBundle, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, file] of bundle.files) {
    const link = join(folder, ...name.split(SLASH));
    await mkdir(dirname(link), { recursive: true });
    await symlink(file, link);
  }
  return folder;
}
