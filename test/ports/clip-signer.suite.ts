import { verify, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ClipSigner } from '#domain/ports';

/** What publish relies on, whoever holds the key. */
export function clipSignerSuite(name: string, open: () => Promise<ClipSigner>): void {
  describe(name, () => {
    let signer: ClipSigner;
    let certificates: X509Certificate[];
    beforeAll(async () => {
      signer = await open();
      const chain = await signer.certificateChain();
      certificates = (chain.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []).map(
        (pem) => new X509Certificate(pem),
      );
    });

    it('gives a chain that starts with the leaf and is signed link by link', () => {
      expect(certificates.length).toBeGreaterThanOrEqual(2);
      certificates.slice(1).forEach((issuer, index) => {
        expect(certificates[index]?.verify(issuer.publicKey)).toBe(true);
      });
      expect(certificates[0]?.ca).toBe(false);
    });

    it('signs bytes of any length so that its leaf certificate verifies them', async () => {
      const lengths = fc.oneof(fc.integer({ min: 1, max: 4_096 }), fc.constantFrom(4_096, 4_097, 100_000)); // KMS takes 4,096 bytes as they are
      await fc.assert(
        fc.asyncProperty(lengths, fc.nat(255), async (length, fill) => {
          const bytes = new Uint8Array(length).fill(fill);
          const signature = await signer.sign(bytes);
          expect(verify('sha256', bytes, certificates[0]!.publicKey, signature)).toBe(true);
        }),
        { numRuns: 10 },
      );
    });

    it('certifies for signing documents and nothing wider', () => {
      expect(certificates[0]?.keyUsage).toEqual(expect.arrayContaining(['1.3.6.1.5.5.7.3.36']));
      expect(certificates[0]?.keyUsage).not.toContain('2.5.29.37.0');
    });

    it('carries the words that keep anybody from mistaking it for a real one', () => {
      for (const { subject } of certificates) expect(subject).toMatch(/Framewright development[\s\S]*Not for production/);
    });
  });
}
