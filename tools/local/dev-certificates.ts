import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import { GetParameterCommand, ParameterNotFound, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type CertificateAuthority, createAuthority, issueSigner } from '#adapters/memory/certificate-authority';

/** Where the deployment reads its certificates from; lib/stages/publish.ts gives publish the same names. */
export const CHAIN_PARAMETER = '/framewright/signing/chain';
export const ANCHORS_PARAMETER = '/framewright/signing/anchors';

/** A certificate that ends sooner than this is replaced, so that nobody's demo fails on a birthday. */
const RENEW_BEFORE_MS = 30 * 24 * 60 * 60 * 1000;

export interface DevelopmentCertificates {
  readonly kms: KMSClient;
  readonly ssm: SSMClient;
  /** The signing key of the deployment: ECC_NIST_P256, SIGN_VERIFY. */
  readonly keyId: string;
  /** Folder of the development root, `.framewright/pki`. Its key is readable by its owner only. */
  readonly directory: string;
  readonly now?: Date;
}

/**
 * Gives a local deployment what a certificate authority gives a real one: a chain for its KMS key and the root to trust.
 * The root is kept in `directory`, so clips signed yesterday still verify today. Doing it again changes nothing.
 */
export async function ensureDevelopmentCertificates(options: DevelopmentCertificates): Promise<{ chain: string; anchors: string }> {
  const { kms, ssm, keyId, directory, now = new Date() } = options;
  const authority = await ensureAuthority(directory, now);
  const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (!PublicKey) throw new Error(`key ${keyId}: expected KMS to return its public key, found none; the signing key must be asymmetric`);

  const standing = await parameter(ssm, CHAIN_PARAMETER);
  const keep = standing !== undefined && certifies(standing, PublicKey, authority, now);
  const chain = keep ? standing : await issueSigner(authority, new Uint8Array(PublicKey), now);
  if (!keep) await put(ssm, CHAIN_PARAMETER, chain, 'Certificate chain of the clip signing key, leaf first');
  if ((await parameter(ssm, ANCHORS_PARAMETER)) !== authority.certificate)
    await put(ssm, ANCHORS_PARAMETER, authority.certificate, 'Roots that signed clips are read back under');
  return { chain, anchors: authority.certificate };
}

/** Roots that clips of the local deployment are trusted under; `undefined` before the first deployment. */
export async function developmentAnchors(directory: string): Promise<string | undefined> {
  const file = rootFile(directory);
  return existsSync(file) ? (await readAuthority(file)).certificate : undefined;
}

const rootFile = (directory: string): string => join(directory, 'development-root.pem');

/** Certificate and key lie in one file and appear together, so two deployments that start at once share one root. */
async function ensureAuthority(directory: string, now: Date): Promise<CertificateAuthority> {
  const file = rootFile(directory);
  if (existsSync(file)) {
    const standing = await readAuthority(file);
    if (endsAfter(standing.certificate, now)) return standing;
    await rm(file);
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const made = await createAuthority(now);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${made.certificate}${made.privateKey}`, { mode: 0o600 });
  try {
    await link(draft, file); // fails when somebody was first, then theirs is the root
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  return readAuthority(file);
}

async function readAuthority(file: string): Promise<CertificateAuthority> {
  const text = await readFile(file, 'utf8');
  const keyAt = text.indexOf('-----BEGIN PRIVATE KEY-----');
  if (keyAt < 1) throw new Error(`${file}: expected a certificate and a private key in PEM; delete the file and deploy again`);
  return { certificate: text.slice(0, keyAt), privateKey: text.slice(keyAt) };
}

function certifies(chain: string, publicKey: Uint8Array, authority: CertificateAuthority, now: Date): boolean {
  const leaf = new X509Certificate(chain);
  const sameKey = leaf.publicKey.export({ type: 'spki', format: 'der' }).equals(publicKey);
  return sameKey && leaf.verify(new X509Certificate(authority.certificate).publicKey) && endsAfter(chain, now);
}

const endsAfter = (pem: string, now: Date): boolean => new X509Certificate(pem).validToDate.getTime() > now.getTime() + RENEW_BEFORE_MS;

async function parameter(ssm: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value;
  } catch (error) {
    if (error instanceof ParameterNotFound) return undefined;
    throw error;
  }
}

const put = (ssm: SSMClient, name: string, value: string, description: string) =>
  ssm.send(new PutParameterCommand({ Name: name, Value: value, Description: description, Type: 'String', Overwrite: true }));
