import { generateKeyPairSync, sign, verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { MemorySigner } from '#adapters/memory/clip-signer';
import { cbor } from '#adapters/provenance/cbor';
import { coseSignature } from '#adapters/provenance/cose-signature';
import { developmentSigner } from './clips.ts';

let development: MemorySigner;
let chain: string;
beforeAll(async () => {
  development = await developmentSigner();
  chain = await development.signer.certificateChain();
});

/** The last item of the structure: 64 bytes of signature. */
const signatureOf = (cose: Buffer): Buffer => cose.subarray(-64);

it('signs the claim, its algorithm and its certificates, so that the leaf verifies it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), async (claim) => {
      let signed = new Uint8Array();
      const cose = await coseSignature(claim, chain, async (bytes) => {
        signed = new Uint8Array(bytes);
        return development.signer.sign(bytes);
      });
      const leaf = new X509Certificate(chain);
      expect(verify('sha256', signed, { key: leaf.publicKey, dsaEncoding: 'ieee-p1363' }, signatureOf(cose))).toBe(true);
      expect(Buffer.from(signed).includes(leaf.raw)).toBe(true);
      expect(Buffer.from(signed).subarray(-claim.byteLength)).toEqual(Buffer.from(claim));
    }),
    { numRuns: 20 },
  );
});

it('is equally long whatever was signed, so that room can be made before', async () => {
  const lengths = new Set<number>();
  for (let run = 0; run < 50; run += 1) lengths.add((await coseSignature(Buffer.from([run]), chain, development.signer.sign)).byteLength);
  lengths.add((await coseSignature(Buffer.from('x'), chain, async () => new Uint8Array(64))).byteLength);
  expect(lengths.size).toBe(1);
});

it('takes r||s as it is and turns DER into it, also where numbers are short or carry a sign byte', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  for (let run = 0; run < 300; run += 1) {
    const message = Buffer.from(String(run));
    const der = sign('sha256', message, privateKey);
    const raw = Buffer.alloc(64);
    const [r, s] = integersOf(der);
    r.copy(raw, 32 - r.byteLength);
    s.copy(raw, 64 - s.byteLength);
    expect(signatureOf(await coseSignature(message, chain, async () => der))).toEqual(raw);
    expect(signatureOf(await coseSignature(message, chain, async () => raw))).toEqual(raw);
  }
});

/** Told by openssl's rule: tag, length, digits; a leading zero is a sign, not a digit. */
function integersOf(der: Buffer): [Buffer, Buffer] {
  const first = der.subarray(4, 4 + der[3]!);
  const second = der.subarray(6 + der[3]!);
  const digits = (bytes: Buffer): Buffer => (bytes[0] === 0 ? bytes.subarray(1) : bytes);
  return [digits(first), digits(second)];
}

it('refuses a signature of another kind, and a chain without certificates', async () => {
  const wrong = (signature: Uint8Array) => coseSignature(Buffer.from('x'), chain, async () => signature);
  await expect(wrong(new Uint8Array(96))).rejects.toThrow(/expected an ES256 signature.*96 bytes/);
  await expect(wrong(cbor('text'))).rejects.toThrow(/ES256/);
  await expect(wrong(new Uint8Array())).rejects.toThrow(/ES256/);
  await expect(coseSignature(Buffer.from('x'), 'no certificates', development.signer.sign)).rejects.toThrow(/PEM chain/);
});
