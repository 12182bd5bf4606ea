import * as z from 'zod';
import type { VerifyResult } from '#contracts/cli';
import { MAX_MANIFEST_BYTES, RENDER_ASSERTION, RenderRecord } from '#contracts/provenance';
import { signatureFailed } from '#domain/errors';
import type { ClipSigner } from '#domain/ports';
import { c2paLibrary, FilePart, withFile } from './c2pa-library.ts';
import { clipBoxes, hardBinding, makeRoom, writeClip } from './clip-with-room.ts';
import { manifestStore } from './manifest-store.ts';

export interface SignClip {
  /** MP4 without credentials. It must not change after signing: any remux drops the credentials. */
  readonly input: string;
  readonly output: string;
  readonly signer: ClipSigner;
  /** What domain/publish/manifest.ts says about the clip. */
  readonly manifest: object;
}

/** As long as real ones: credentials made with them tell how much room the real ones need. */
const NO_DIGEST = Buffer.alloc(32);
const noSignature = async (): Promise<Uint8Array> => new Uint8Array(64);

/** Writes `input` with signed Content Credentials to `output`. Files are streamed: memory does not grow with the clip. */
export async function signClip({ input, output, signer, manifest }: SignClip): Promise<{ manifestBytes: number }> {
  const chain = await signer.certificateChain();
  let refusal: unknown;
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> => {
    try {
      return await signer.sign(bytes);
    } catch (error) {
      refusal = error; // the library keeps only the text of an error
      throw error;
    }
  };
  try {
    return await withFile(input, 'r', async (file) => {
      const [{ end }] = await clipBoxes(file);
      const request = { manifest, chain, opening: new FilePart(file.fd, 0, end) };
      const { byteLength } = await manifestStore(request, NO_DIGEST, noSignature);
      if (byteLength > MAX_MANIFEST_BYTES)
        throw new Error(`expected a manifest of at most ${MAX_MANIFEST_BYTES} bytes, found ${byteLength}`);

      const clip = await makeRoom(file, byteLength);
      const store = await manifestStore(request, await hardBinding(clip), sign);
      if (store.byteLength !== byteLength) throw new Error(`expected a manifest of ${byteLength} bytes, found ${store.byteLength}`);
      await withFile(output, 'w', (written) => writeClip(clip, store, written));
      return { manifestBytes: byteLength };
    });
  } catch (error) {
    throw refusal ?? signatureFailed(input, `could not be signed: ${messageOf(error)}`);
  }
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
  const without = (state: 'Unsigned' | 'Invalid', problems: string[]): Credentials => ({
    result: { file, state, signer: null, generator: null, problems },
    label: null,
    render: null,
  });
  // A missing file is a mistake of the caller, not an unsigned clip: opening it throws.
  return withFile(file, 'r', async (opened) => {
    const { size } = await opened.stat();
    try {
      return credentialsOf(file, await reportOn(new FilePart(opened.fd, 0, size), anchors));
    } catch (error) {
      const message = messageOf(error);
      return NO_CREDENTIALS.test(message) ? without('Unsigned', []) : without('Invalid', [`credentials cannot be read: ${message}`]);
    }
  });
}

/** What `framewright verify` answers. `Trusted`: untouched since signing, by a signer the anchors vouch for. */
export const readCredentials = async (file: string, anchors: string): Promise<VerifyResult> =>
  (await inspectCredentials(file, anchors)).result;

async function reportOn(clip: FilePart, anchors: string): Promise<ManifestStore> {
  const reader = await c2paLibrary().Reader.fromBlob('video/mp4', clip, settings(anchors));
  try {
    return ManifestStore.parse(JSON.parse(reader.json()));
  } finally {
    reader.free();
  }
}

function credentialsOf(file: string, store: ManifestStore): Credentials {
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
      problems: store.validation_status.map(({ code, explanation }) => (explanation ? `${code}: ${explanation}` : code)),
    },
    label: store.active_manifest ?? null,
    render: record.success ? record.data : null,
  };
}

/** What the certificates of signers and of time stamps may be made for: the library's own list, which its WebAssembly build leaves empty. */
const EXTENDED_KEY_USAGES = [
  '1.3.6.1.5.5.7.3.4', // emailProtection
  '1.3.6.1.5.5.7.3.36', // documentSigning
  '1.3.6.1.5.5.7.3.8', // timeStamping
  '1.3.6.1.5.5.7.3.9', // OCSPSigning
  '1.3.6.1.4.1.311.76.59.1.9', // Microsoft's C2PA signing
  '1.3.6.1.4.1.62558.2.1', // C2PA claim signing
].join('\n');

/** Nothing is asked of any network; no anchors trust nobody. */
const settings = (anchors: string): string =>
  JSON.stringify({
    trust: { trust_config: EXTENDED_KEY_USAGES, ...(anchors.trim() === '' ? {} : { trust_anchors: anchors, verify_trust_list: true }) },
    verify: { verify_trust: true, ocsp_fetch: false, remote_manifest_fetch: false },
  });

/** The library throws texts, not errors. */
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const NO_CREDENTIALS = /JumbfNotFound/;

/** The part of the library's report that we read. */
const ManifestStore = z.object({
  active_manifest: z.string().optional(),
  manifests: z.record(
    z.string(),
    z.object({
      claim_generator_info: z.array(z.object({ name: z.string(), version: z.string().optional() })).optional(),
      assertions: z.array(z.object({ label: z.string(), data: z.unknown() })).optional(),
      signature_info: z.object({ common_name: z.string().optional(), issuer: z.string().optional() }).nullish(),
    }),
  ),
  validation_state: z.string().optional(),
  validation_status: z.array(z.object({ code: z.string(), explanation: z.string().optional() })).default([]),
});
type ManifestStore = z.infer<typeof ManifestStore>;
