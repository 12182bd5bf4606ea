import { createHash } from 'node:crypto';
import { copyFile, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { artifactCorrupted } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';

/** Artifacts as files of a folder: nothing of a long clip stays in this process's memory, which is what `memory` measures. */
export function folderStore(root: string): ArtifactStore {
  const refOf = (key: string, body: Uint8Array) => ({
    bucket: 'folder',
    key,
    sha256: createHash('sha256').update(body).digest('hex'),
    bytes: body.byteLength,
  });
  const put: ArtifactStore['put'] = async (key, body) => {
    await mkdir(dirname(join(root, key)), { recursive: true });
    await writeFile(join(root, key), body);
    return refOf(key, body);
  };
  const find: ArtifactStore['find'] = async (key) => {
    const body = await readFile(join(root, key)).catch(() => undefined);
    return body && { ref: refOf(key, body), body };
  };
  const get: ArtifactStore['get'] = async (ref) => {
    const found = await find(ref.key);
    if (found?.ref.sha256 !== ref.sha256) throw artifactCorrupted(ref.key, ref.sha256, found?.ref.sha256 ?? 'no object');
    return found.body;
  };
  return {
    put,
    get,
    find,
    create: async (key, body) => (await find(key)) === undefined && (await put(key, body)) !== undefined,
    upload: async (key, file) => put(key, await readFile(file)),
    download: async (ref, file) => {
      await copyFile(join(root, ref.key), file);
      const found = await hashOf(file);
      if (found !== ref.sha256) throw artifactCorrupted(ref.key, ref.sha256, found);
    },
  };
}

/** In one small buffer, so that checking a file leaves no garbage behind. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file);
  const buffer = new Uint8Array(1 << 16);
  for (;;) {
    const { bytesRead } = await handle.read(buffer);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
  }
  await handle.close();
  return hash.digest('hex');
}
