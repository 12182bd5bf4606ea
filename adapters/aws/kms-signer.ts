import { createHash } from 'node:crypto';
import { type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { ClipSigner } from '#domain/ports';
import { kms, ssm } from './clients.ts';

export interface KmsSignerOptions {
  /** Id or ARN of an ECC_NIST_P256 key for SIGN_VERIFY. */
  readonly keyId: string;
  /** SSM parameter with the PEM chain of that key, leaf first. */
  readonly certificateParameter: string;
  readonly kmsClient?: KMSClient;
  readonly ssmClient?: SSMClient;
}

/** Signs with a key that only KMS holds; answers in DER, as KMS gives it. */
export function openKmsSigner({ keyId, certificateParameter, kmsClient = kms(), ssmClient = ssm() }: KmsSignerOptions): ClipSigner {
  return {
    certificateChain: () => readTextParameter(certificateParameter, ssmClient),
    async sign(bytes) {
      // Always by digest: KMS takes at most 4096 bytes of message, and a claim with a long certificate chain is larger.
      const { Signature } = await kmsClient.send(
        new SignCommand({
          KeyId: keyId,
          Message: createHash('sha256').update(bytes).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      if (!Signature) throw new Error(`key ${keyId}: expected KMS to return a signature, found none`);
      return Signature;
    },
  };
}

/** Text of an SSM parameter; certificates and anchors live there because they are public and change without a deployment. */
export async function readTextParameter(name: string, client: SSMClient = ssm()): Promise<string> {
  const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
  if (!Parameter?.Value)
    throw new Error(`parameter ${name}: expected PEM certificates, found nothing; docs/stages/publish.md says how to put them there`);
  return Parameter.Value;
}
