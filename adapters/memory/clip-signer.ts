import { generateKeyPairSync, sign } from 'node:crypto';
import type { ClipSigner } from '#domain/ports';
import { createAuthority, issueSigner } from './certificate-authority.ts';

export interface MemorySigner {
  readonly signer: ClipSigner;
  /** PEM of the root to trust when reading back what `signer` signed. */
  readonly anchors: string;
}

/** A signer whose key lives in this process, with a development certificate of its own. */
export async function memoryClipSigner(now: Date): Promise<MemorySigner> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authority = await createAuthority(now);
  const chain = await issueSigner(authority, new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })), now);
  return {
    signer: {
      certificateChain: async () => chain,
      sign: async (bytes) => sign('sha256', bytes, privateKey), // DER, as KMS answers too
    },
    anchors: authority.certificate,
  };
}
