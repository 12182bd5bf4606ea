import 'reflect-metadata'; // the certificate library's container asks for it before it is loaded
import * as x509 from '@peculiar/x509';

/** P-256 with SHA-256 is ES256: the one algorithm that KMS, C2PA and the media services around them all accept. */
const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Extended key usages a C2PA validator accepts for a signer; code signing or `any` are refused when the file is signed. */
const DOCUMENT_SIGNING = '1.3.6.1.5.5.7.3.36'; // RFC 9336
const C2PA_CLAIM_SIGNING = '1.3.6.1.4.1.62558.2.1'; // C2PA certificate policy

const DAY_MS = 24 * 60 * 60 * 1000;
/** A laptop whose clock is a little behind still accepts a certificate made on one that is ahead. */
const CLOCK_SKEW_MS = 60 * 60 * 1000;
/** The root outlives every working copy of the project; nobody installs it anywhere. */
const ROOT_DAYS = 3650;
/** Long enough for a deployment to be used for a year, as commercial signing certificates are. */
const LEAF_DAYS = 365;

/** The words every development certificate carries, so that nobody mistakes it for a real one. */
const ORGANISATION = 'Framewright development';

/** A root key with its self-signed certificate, both in PEM. The key is PKCS#8 and never leaves the machine it was made on. */
export interface CertificateAuthority {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Makes a root for development. `now` dates the certificate. */
export async function createAuthority(now: Date): Promise<CertificateAuthority> {
  const keys = await crypto.subtle.generateKey(ES256, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `O=${ORGANISATION}, CN=${ORGANISATION} root, OU=Not for production`,
      keys,
      ...validity(now, ROOT_DAYS),
      signingAlgorithm: ES256,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, crypto),
      ],
    },
    crypto,
  );
  const privateKey = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: `${certificate.toString('pem')}\n`, privateKey: `${x509.PemConverter.encode(privateKey, 'PRIVATE KEY')}\n` };
}

/** Certifies a P-256 public key (SubjectPublicKeyInfo, DER) for signing clips; returns the PEM chain, leaf first. */
export async function issueSigner(authority: CertificateAuthority, publicKey: Uint8Array<ArrayBuffer>, now: Date): Promise<string> {
  const root = new x509.X509Certificate(authority.certificate);
  const rootKey = x509.PemConverter.decodeFirst(authority.privateKey);
  const signingKey = await crypto.subtle.importKey('pkcs8', rootKey, ES256, false, ['sign']);
  const subjectKey = await crypto.subtle.importKey('spki', publicKey, ES256, true, ['verify']);
  const leaf = await x509.X509CertificateGenerator.create(
    {
      subject: `O=${ORGANISATION}, CN=${ORGANISATION} signer, OU=Not for production`,
      issuer: root.subject,
      publicKey: subjectKey,
      signingKey,
      ...validity(now, LEAF_DAYS),
      signingAlgorithm: ES256,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([DOCUMENT_SIGNING, C2PA_CLAIM_SIGNING], true),
        await x509.AuthorityKeyIdentifierExtension.create(root, false, crypto),
        await x509.SubjectKeyIdentifierExtension.create(subjectKey, false, crypto),
      ],
    },
    crypto,
  );
  return `${leaf.toString('pem')}\n${authority.certificate}`;
}

function validity(now: Date, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(now.getTime() - CLOCK_SKEW_MS), notAfter: new Date(now.getTime() + days * DAY_MS) };
}
