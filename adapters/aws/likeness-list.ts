import * as z from 'zod';
import { LikenessDenyList } from '#contracts/likeness';
import type { ArtifactStore } from '#domain/ports';
import { openArtifactStore } from './artifact-store.ts';

/**
 * The deny list of faces, from the place where its owners keep it: not among the deployment's assets, where an entry that was taken back would
 * live on. Throws when it is not there or is malformed, naming the entry and never its numbers: half a list would let somebody through.
 */
export async function readLikenessList(
  location: string,
  open: (bucket: string) => Pick<ArtifactStore, 'find'> = (bucket) => openArtifactStore({ bucket }),
): Promise<LikenessDenyList> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  if (!bucket || !key) throw new Error(`FRAMEWRIGHT_LIKENESS_LIST: expected s3://<bucket>/<key>, found ${location}`);
  const found = await open(bucket).find(key);
  if (!found)
    throw new Error(`expected the deny list of faces at ${location}, found nothing; put it there, or deploy without likenessList`);
  const list = LikenessDenyList.safeParse(jsonOf(new TextDecoder().decode(found.body), location));
  if (!list.success) throw new Error(`${location}: expected a deny list of faces (contracts/likeness.ts):\n${z.prettifyError(list.error)}`);
  return list.data;
}

function jsonOf(text: string, location: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${location}: expected JSON, found ${text.length} characters of something else`);
  }
}
