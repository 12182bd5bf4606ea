import { createHash } from 'node:crypto';
import { keys } from '#contracts/keys';
import { type BriefSafetyOutput, BriefWords } from '#contracts/safety-brief';
import { canonicalJson } from '#domain/plan/canonical-json';
import type { ArtifactStore } from '#domain/ports';

/** Keeps what was read where only safety writes, and answers with its hash: the verdict names it. The same words are the same object. */
export async function keepPictureWords(
  store: Pick<ArtifactStore, 'put'>,
  { tenant, jobId }: BriefSafetyOutput['job'],
  pictures: BriefWords['pictures'],
): Promise<string> {
  const words: BriefWords = { schema: 'framewright/brief-words/v1', jobId, pictures: [...pictures] };
  const bytes = canonicalJson(words);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await store.put(keys.briefWords(tenant, jobId, sha256), bytes, 'application/json');
  return sha256;
}

/**
 * One text a picture, as it was read when the brief was judged: exactly the words that the verdict names, about the pictures that this job
 * shows. Throws when they are anything else; a clip then waits for a person.
 */
export async function keptPictureWords(
  store: Pick<ArtifactStore, 'find'>,
  { job: { tenant, jobId }, prep, briefVerdict }: BriefSafetyOutput,
): Promise<string[]> {
  const { words: sha256 } = briefVerdict;
  if (sha256 === undefined)
    throw new Error('expected the verdict on the brief to name the words of its pictures, found one of before they were kept');
  const key = keys.briefWords(tenant, jobId, sha256);
  const found = await store.find(key);
  if (!found) throw new Error(`expected the words of the brief's pictures at ${key}, found nothing`);
  if (found.ref.sha256 !== sha256) throw new Error(`expected the words that the verdict on the brief names, found ${found.ref.sha256}`);
  const words = BriefWords.parse(JSON.parse(new TextDecoder().decode(found.body)));
  if (words.jobId !== jobId) throw new Error(`expected words of ${jobId}, found those of ${words.jobId}`);
  for (const [name, picture] of Object.entries({ photo: prep.photo, logo: prep.logo }))
    if (picture && !words.pictures.some(({ file }) => file === picture.ref.sha256))
      throw new Error(`expected the ${name} to have been read when the brief was judged, found no words of this file`);
  return words.pictures.map(({ lines }) => lines.join('\n'));
}
