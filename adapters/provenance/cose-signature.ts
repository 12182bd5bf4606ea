import { X509Certificate } from 'node:crypto';
import type { ClipSigner } from '#domain/ports';
import { type Cbor, cbor } from './cbor.ts';

/** Names and numbers of RFC 9052 and RFC 9360. */
const COSE_SIGN1 = 18;
const ALGORITHM = 1;
const ES256 = -7;
const X5CHAIN = 33;
const NOTHING = new Uint8Array();

/** Bytes of r and of s in a P-256 signature. */
const SCALAR_BYTES = 32;

/** What the signature of every clip has in common: algorithm and certificates, under the signature themselves. */
function protectedHeader(chain: string): Buffer {
  const certificates = (chain.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem).raw,
  );
  const [leaf] = certificates;
  if (!leaf) throw new Error('expected a PEM chain of certificates, leaf first, found none');
  return cbor(
    new Map<number, Cbor>([
      [ALGORITHM, ES256],
      [X5CHAIN, certificates.length === 1 ? leaf : certificates], // RFC 9360: one certificate stands alone
    ]),
  );
}

/** COSE_Sign1 over a claim that lies elsewhere in the manifest. Equally long for every claim of one chain. */
export async function coseSignature(claim: Uint8Array, chain: string, sign: ClipSigner['sign']): Promise<Buffer> {
  const header = protectedHeader(chain);
  const signature = scalars(await sign(cbor(['Signature1', header, NOTHING, claim])));
  return cbor({ tag: COSE_SIGN1, content: [header, new Map(), null, signature] });
}

/** COSE wants r||s; KMS answers in DER: a sequence of two integers, without leading zeros and with one where a sign bit would stand. */
function scalars(signature: Uint8Array): Uint8Array {
  if (signature.byteLength === 2 * SCALAR_BYTES) return signature;
  const joined = new Uint8Array(2 * SCALAR_BYTES);
  let at = 2;
  for (const end of [SCALAR_BYTES, 2 * SCALAR_BYTES]) {
    const length = signature[at + 1] ?? 0;
    const digits = signature.subarray(at + 2, at + 2 + length);
    const significant = digits[0] === 0 ? digits.subarray(1) : digits;
    if (signature[0] !== 0x30 || signature[at] !== 0x02 || digits.byteLength !== length || significant.byteLength > SCALAR_BYTES)
      throw new Error(`expected an ES256 signature, r||s or DER, found ${signature.byteLength} bytes of something else`);
    joined.set(significant, end - significant.byteLength);
    at += 2 + length;
  }
  return joined;
}
