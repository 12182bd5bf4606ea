import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import type { CloudVoters } from '#contracts/safety-policy';
import type { PictureCodec, PictureVoter, TextVoter } from '#domain/ports';
import type { AwsTarget } from './clients.ts';
import { toxicityVoter } from './voters/comprehend.ts';
import { guardrailPictureVoter, guardrailTextVoter } from './voters/guardrail.ts';
import { celebritiesVoter, type Encode, moderationLabelsVoter } from './voters/rekognition.ts';

export type { Encode };

export interface CloudPanel {
  readonly text: readonly TextVoter[];
  readonly pictures: readonly PictureVoter[];
}

/** Services of AWS that the deployment switched on. What is not switched on is not opened: no client, no call, no cost. */
export function openCloudVoters(wanted: CloudVoters, encode: Encode, target: AwsTarget = {}): CloudPanel {
  const { guardrail } = wanted;
  const rekognition = wanted.rekognitionLabels || wanted.rekognitionCelebrities ? new RekognitionClient({ ...target }) : undefined;
  const bedrock = guardrail ? new BedrockRuntimeClient({ ...target }) : undefined;
  return {
    text: [
      ...(wanted.comprehendToxicity ? [toxicityVoter(new ComprehendClient({ ...target }))] : []),
      ...(bedrock && guardrail?.sees.includes('text') ? [guardrailTextVoter(bedrock, guardrail)] : []),
    ],
    pictures: [
      ...(rekognition && wanted.rekognitionLabels ? [moderationLabelsVoter(rekognition, encode)] : []),
      ...(rekognition && wanted.rekognitionCelebrities ? [celebritiesVoter(rekognition, encode)] : []),
      ...(bedrock && guardrail?.sees.includes('pictures') ? [guardrailPictureVoter(bedrock, guardrail, encode)] : []),
    ],
  };
}

/** Services take 4 MB and more; an RGB PNG of 1024 x 1024 pixels of pure noise has 3 MB. */
const LONG_SIDE = 1_024;

/** For pictures of any size. */
export const shrunkPng =
  ({ resize, png }: Pick<PictureCodec, 'resize' | 'png'>): Encode =>
  async (picture) => {
    const scale = LONG_SIDE / Math.max(picture.width, picture.height);
    if (scale >= 1) return png(picture);
    const side = (length: number) => Math.max(1, Math.round(length * scale));
    return png(await resize(picture, side(picture.width), side(picture.height)));
  };
