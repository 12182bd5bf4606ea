import { access } from 'node:fs/promises';
import { Builder, CallbackSigner, Reader, settingsToJson } from '@contentauth/c2pa-node';
import type { VerifyResult } from '#contracts/cli';
import { MAX_MANIFEST_BYTES, RENDER_ASSERTION, RenderRecord } from '#contracts/provenance';
import { signatureFailed } from '#domain/errors';
import type { ClipSigner } from '#domain/ports';

/**
 * Bytes of a COSE signature besides the certificates: 64 for r and s, the rest is headers and CBOR framing (under 200 in practice).
 * Room for certificates is the length of their PEM, a third more than the DER that goes in. What stays unused is padding.
 */
const SIGNATURE_FRAME_BYTES = 1024;

const MP4 = 'video/mp4';

export interface SignClip {
  /** MP4 without credentials. It must not change after signing: any remux drops the credentials. */
  readonly input: string;
  readonly output: string;
  readonly signer: ClipSigner;
  /** What domain/publish/manifest.ts says about the clip. */
  readonly manifest: object;
}

/** Writes `input` with signed Content Credentials to `output`. Files are streamed: memory does not grow with the clip. */
export async function signClip({ input, output, signer, manifest }: SignClip): Promise<{ manifestBytes: number }> {
  const chain = Buffer.from(await signer.certificateChain());
  let refusal: unknown;
  const callback = CallbackSigner.newSigner(
    // One buffer with the whole PEM chain: separate or DER buffers are refused by the library.
    { alg: 'es256', certs: [chain], reserveSize: chain.byteLength + SIGNATURE_FRAME_BYTES, directCoseHandling: false },
    async (bytes) => {
      try {
        return Buffer.from(await signer.sign(bytes));
      } catch (error) {
        refusal = error; // the library keeps only the text of an error
        throw error;
      }
    },
  );
  const builder = Builder.withJson(manifest, settings());
  const embedded = await builder
    .signAsync(callback, { path: input, mimeType: MP4 }, { path: output, mimeType: MP4 })
    .catch((error: unknown) => {
      throw refusal ?? signatureFailed(input, `could not be signed: ${messageOf(error)}`);
    });
  if (embedded.byteLength > MAX_MANIFEST_BYTES)
    throw signatureFailed(input, `expected a manifest of at most ${MAX_MANIFEST_BYTES} bytes, found ${embedded.byteLength}`);
  return { manifestBytes: embedded.byteLength };
}

/** A clip's credentials in full: the verdict, and what our own assertion says when it is there. */
export interface Credentials {
  readonly result: VerifyResult;
  /** Label of the active manifest, `urn:c2pa:...`. */
  readonly label: string | null;
  readonly render: RenderRecord | null;
}

/** Reads and validates credentials under the given trust anchors (PEM). Nothing is fetched: a hostile file cannot make us call anybody. */
export async function inspectCredentials(file: string, anchors: string): Promise<Credentials> {
  await access(file); // a missing file is a mistake of the caller, not an unsigned clip
  const without = (state: 'Unsigned' | 'Invalid', problems: string[]): Credentials => ({
    result: { file, state, signer: null, generator: null, problems },
    label: null,
    render: null,
  });
  try {
    const reader = await Reader.fromAsset({ path: file, mimeType: MP4 }, settings(anchors));
    return reader ? credentialsOf(file, reader) : without('Unsigned', []);
  } catch (error) {
    return without('Invalid', [`credentials cannot be read: ${messageOf(error)}`]);
  }
}

/** What `framewright verify` answers. `Trusted`: untouched since signing, by a signer the anchors vouch for. */
export const readCredentials = async (file: string, anchors: string): Promise<VerifyResult> =>
  (await inspectCredentials(file, anchors)).result;

function credentialsOf(file: string, reader: Reader): Credentials {
  const store = reader.json() as ManifestStore;
  const active = store.active_manifest === undefined ? undefined : store.manifests[store.active_manifest];
  const state = store.validation_state === 'Trusted' || store.validation_state === 'Valid' ? store.validation_state : 'Invalid';
  const [generator] = active?.claim_generator_info ?? [];
  const record = RenderRecord.safeParse(active?.assertions?.find(({ label }) => label === RENDER_ASSERTION)?.data);
  return {
    result: {
      file,
      state,
      signer: active?.signature_info?.common_name ?? active?.signature_info?.issuer ?? null,
      generator: generator ? [generator.name, generator.version].filter(Boolean).join('/') : null,
      problems: (store.validation_status ?? []).map(({ code, explanation }) => (explanation ? `${code}: ${explanation}` : code)),
    },
    label: store.active_manifest ?? null,
    render: record.success ? record.data : null,
  };
}

/** Thumbnails off: they would make the manifest a dozen times larger. Nothing is asked of any network; no anchors trust nobody. */
function settings(anchors = ''): string {
  return settingsToJson({
    ...(anchors.trim() === '' ? {} : { trust: { trustAnchors: anchors, verifyTrustList: true } }),
    verify: { verifyTrust: true, verifyAfterSign: false, ocspFetch: false, remoteManifestFetch: false },
    builder: { thumbnail: { enabled: false } },
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The part of the library's report that we read; its own types live in a package that it does not install. */
interface ManifestStore {
  readonly active_manifest?: string;
  readonly manifests: Record<string, ManifestReport>;
  readonly validation_state?: string;
  readonly validation_status?: { readonly code: string; readonly explanation?: string }[];
}
interface ManifestReport {
  readonly claim_generator_info?: { readonly name: string; readonly version?: string }[];
  readonly assertions?: { readonly label: string; readonly data: unknown }[];
  readonly signature_info?: { readonly common_name?: string; readonly issuer?: string };
}
