import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { SSMClient } from '@aws-sdk/client-ssm';
import { beforeAll, describe, expect, it } from 'vitest';
import { openKmsSigner, readTextParameter } from '#adapters/aws/kms-signer';
import { readCredentials, signClip } from '#adapters/provenance/c2pa';
import {
  ANCHORS_PARAMETER,
  CHAIN_PARAMETER,
  developmentAnchors,
  ensureDevelopmentCertificates,
} from '../../tools/local/dev-certificates.ts';
import { makeClip } from '../adapters/provenance/clips.ts';
import { kms, local } from '../platform/aws.ts';
import { clipSignerSuite } from './clip-signer.suite.ts';

const ssm = new SSMClient({ endpoint: local.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
const directory = mkdtempSync(join(tmpdir(), 'framewright-pki-'));

const signingKey = async (): Promise<string> => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  return KeyMetadata?.KeyId ?? '';
};
const signerOf = (keyId: string) => openKmsSigner({ keyId, certificateParameter: CHAIN_PARAMETER, kmsClient: kms, ssmClient: ssm });

clipSignerSuite('a key in KMS with development certificates', async () => {
  const keyId = await signingKey();
  await ensureDevelopmentCertificates({ kms, ssm, keyId, directory });
  return signerOf(keyId);
});

describe('development certificates', () => {
  let keyId: string;
  let first: { chain: string; anchors: string };
  beforeAll(async () => {
    keyId = await signingKey();
    first = await ensureDevelopmentCertificates({ kms, ssm, keyId, directory });
  });

  it('make a clip signed by KMS trusted', async () => {
    const plain = makeClip(join(directory, 'plain.mp4'));
    const output = join(directory, 'signed.mp4');
    await signClip({ input: plain, output, signer: signerOf(keyId), manifest: MANIFEST });
    const anchors = await readTextParameter(ANCHORS_PARAMETER, ssm);
    expect(await readCredentials(output, anchors)).toMatchObject({ state: 'Trusted', problems: [] });
    expect(await developmentAnchors(directory)).toBe(anchors);
  });

  it('stay as they are when they are asked for again', async () => {
    expect(await ensureDevelopmentCertificates({ kms, ssm, keyId, directory })).toEqual(first);
  });

  it('are issued anew for another key, under the same root', async () => {
    const next = await ensureDevelopmentCertificates({ kms, ssm, keyId: await signingKey(), directory });
    expect(next.chain).not.toBe(first.chain);
    expect(next.anchors).toBe(first.anchors);
  });

  it('are renewed a month before they end', async () => {
    const now = new Date(Date.now() + 340 * 24 * 60 * 60 * 1000);
    expect((await ensureDevelopmentCertificates({ kms, ssm, keyId, directory, now })).chain).not.toBe(first.chain);
  });

  it('keep the key of the root where only its owner reads it', () => {
    const [root, ...others] = readdirSync(directory).filter((name) => name.endsWith('.pem'));
    expect(others).toEqual([]);
    expect(statSync(join(directory, root!)).mode & 0o777).toBe(0o600);
  });
});

const MANIFEST = {
  title: 'clip.mp4',
  format: 'video/mp4',
  claim_generator_info: [{ name: 'framewright', version: '0.1.0' }],
  assertions: [
    {
      label: 'c2pa.actions.v2',
      data: {
        actions: [{ action: 'c2pa.created', digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia' }],
      },
    },
  ],
};
