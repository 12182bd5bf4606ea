import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import type { Component } from '#contracts/component';
import { ErrorName } from '#contracts/errors';
import { contractViolated, FramewrightError } from '#domain/errors';
import type { ArtifactStore } from '#domain/ports';
import type { LoadedBundle } from './motion-backend.ts';

/** `s3://<bucket>/<key>` by `<component>/<file>`, as the job definition says it. */
const Places = z.record(z.string(), z.string().regex(/^s3:\/\/[^/]+\/.+$/, 'expected s3://<bucket>/<key>'));
type Places = z.infer<typeof Places>;

export interface WeightsSource {
  /** FRAMEWRIGHT_WEIGHTS. */
  readonly places: string | undefined;
  readonly store: Pick<ArtifactStore, 'download'>;
  /** Where files stay between jobs; lib/compute/worker-host.ts mounts the machine's own folder there. */
  readonly cache?: string;
}

/** A file below `cache` is named after its hash, so it can be shared by all that ask for those bytes. */
const CACHE = join(tmpdir(), 'framewright-weights');

/**
 * Brings the weights of a worker, and of the components that it hosts, to this machine's disk. Each file is fetched once; every start checks
 * every hash, because a disk can be full, a writer can be killed, and other jobs write to the same folder.
 */
export async function loadBundle(components: readonly Component[], { places, store, cache = CACHE }: WeightsSource): Promise<LoadedBundle> {
  const wanted = components.flatMap(({ id, files }) => Object.entries(files).map(([file, facts]) => ({ id, file, ...facts })));
  const where = placesOf(places);
  const files = new Map<string, string>();
  for (const one of wanted) {
    if (files.has(one.file))
      throw contractViolated(`weights of ${one.id}`, `expected names of their own, found ${one.file} in two components`);
    files.set(one.file, await present(one, where, store, cache)); // one after another: the disk is the narrow place
  }
  return { files };
}

interface Wanted {
  readonly id: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

async function present(wanted: Wanted, places: Places, store: WeightsSource['store'], cache: string): Promise<string> {
  const { id, file, sha256, bytes } = wanted;
  const path = join(cache, sha256);
  if ((await sizeOf(path)) === bytes && (await hashOf(path)) === sha256) return path;

  const place = places[`${id}/${file}`];
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(place ?? '') ?? [];
  if (!bucket || !key)
    throw contractViolated('FRAMEWRIGHT_WEIGHTS', `expected a place for ${id}/${file}, found none; deploy the component again`);
  await mkdir(cache, { recursive: true });
  const mine = `${path}.${randomUUID()}.part`; // two processes may fetch at once; the last rename wins, and both brought the same bytes
  try {
    await store.download({ bucket, key, sha256, bytes }, mine);
    await rename(mine, path);
  } catch (error) {
    if (error instanceof Error && error.name === ErrorName.ArtifactCorrupted) throw refused(wanted, `${place}`, error.message);
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
  return path;
}

const refused = ({ id, file, sha256, bytes }: Wanted, place: string, found: string): FramewrightError =>
  new FramewrightError(
    ErrorName.ArtifactCorrupted,
    `weights of ${id}: expected ${file} with sha256 ${sha256} (${bytes} bytes) at ${place}, found other bytes (${found}). ` +
      'Deploy again for weights that we ship; for a bundle of your own: npx framewright components register',
  );

function placesOf(text: string | undefined): Places {
  const parsed = Places.safeParse(JSON.parse(text ?? '{}'));
  if (!parsed.success) throw contractViolated('FRAMEWRIGHT_WEIGHTS', z.prettifyError(parsed.error));
  return parsed.data;
}

const sizeOf = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ size }) => size,
    () => undefined,
  );

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
