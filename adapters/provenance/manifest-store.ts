import type { ClipSigner } from '#domain/ports';
import { c2paLibrary, type FilePart } from './c2pa-library.ts';
import { C2PA_UUID, UNHASHED } from './clip-with-room.ts';
import { coseSignature } from './cose-signature.ts';

const HARD_BINDING = 'c2pa.hash.bmff.v3';

export interface ManifestRequest {
  /** What domain/publish/manifest.ts says about the clip. */
  readonly manifest: object;
  /** PEM chain of the signer, leaf first. */
  readonly chain: string;
  /** The box that opens the clip: of its bytes the library sees no more, since it is told their hash. */
  readonly opening: FilePart;
}

/**
 * The signed credentials of a clip with the given hash, for us to embed. The library would embed them itself, but only in memory: a clip of
 * two gigabytes would take six.
 */
export async function manifestStore(
  { manifest, chain, opening }: ManifestRequest,
  digest: Buffer,
  sign: ClipSigner['sign'],
): Promise<Uint8Array> {
  const builder = c2paLibrary().Builder.fromJson(JSON.stringify(withHash(manifest, digest)), SETTINGS);
  try {
    builder.setNoEmbed(true);
    const signer = {
      alg: 'es256',
      reserveSize: 0, // nothing is embedded before it is signed
      sign: async (claim: Uint8Array) => new Uint8Array(await coseSignature(claim, chain, sign)),
    };
    const answer: { manifest: Uint8Array } = await builder.signAndGetManifestBytes(signer, [], 'video/mp4', opening);
    return answer.manifest;
  } finally {
    builder.free();
  }
}

/** What `hardBinding` hashed, in the words of the format. */
function withHash(manifest: object, digest: Buffer): object {
  const exclusions = UNHASHED.map((type) => ({
    xpath: `/${type}`,
    ...(type === 'uuid' ? { data: [{ offset: 8, value: [...C2PA_UUID] }] } : {}),
  }));
  const binding = { label: HARD_BINDING, data: { exclusions, alg: 'sha256', hash: [...digest], name: 'jumbf manifest' } };
  return { ...manifest, assertions: [...assertionsOf(manifest), binding] };
}

const assertionsOf = (manifest: object): readonly unknown[] =>
  'assertions' in manifest && Array.isArray(manifest.assertions) ? manifest.assertions : [];

/** Thumbnails off: they would make the manifest a dozen times larger. What was signed is read back by whoever delivers it. */
const SETTINGS = JSON.stringify({
  verify: { verify_after_sign: false, ocsp_fetch: false, remote_manifest_fetch: false },
  builder: { thumbnail: { enabled: false } },
});
