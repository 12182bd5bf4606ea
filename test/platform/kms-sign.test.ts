import { createPublicKey, verify } from 'node:crypto';
import { CreateKeyCommand, GetPublicKeyCommand, SignCommand } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { kms } from './aws.ts';

it('KMS signs with ECDSA P-256, and anyone with the public key can verify it', async () => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
  const KeyId = KeyMetadata?.KeyId;
  const message = Buffer.from('a clip');
  const { Signature = new Uint8Array() } = await kms.send(
    new SignCommand({ KeyId, Message: message, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' }),
  );
  const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId }));

  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });

  expect(verify('sha256', message, key, Signature)).toBe(true);
  expect(verify('sha256', Buffer.from('another clip'), key, Signature)).toBe(false);
});
