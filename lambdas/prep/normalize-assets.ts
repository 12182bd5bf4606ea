import { join } from 'node:path';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openIntakeStore } from '#adapters/aws/intake-store';
import { openU2netpSegmenter } from '#adapters/inference/u2netp-segmenter';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { openReferenceReader } from '#adapters/media/reference';
import { requireEnvironment } from '#contracts/environment';
import { AcceptedBrief } from '#contracts/job';
import { PrepInput, PrepOutput } from '#contracts/prep';
import { normalizeAssets } from '#domain/prep/normalize-assets';
import { parse } from '../parse.ts';
import { step } from '../step.ts';

const NEEDS = [
  'FRAMEWRIGHT_INTAKE_BUCKET',
  'FRAMEWRIGHT_ARTIFACTS_BUCKET',
  'FRAMEWRIGHT_FFMPEG',
  'FRAMEWRIGHT_FFPROBE',
  'FRAMEWRIGHT_MODELS',
] as const;

/** Checks and normalises every asset of a brief, and finds the product in its photo. */
export const handler = step(
  { name: 'prep.normalize-assets', visit: () => 'prep', input: PrepInput, output: PrepOutput },
  (environment) => {
    const named = requireEnvironment(environment, NEEDS);
    return {
      artifacts: openArtifactStore({ bucket: named.FRAMEWRIGHT_ARTIFACTS_BUCKET }),
      intake: openIntakeStore({ bucket: named.FRAMEWRIGHT_INTAKE_BUCKET }),
      pictures: openPictureCodec(),
      segmenter: openU2netpSegmenter(join(named.FRAMEWRIGHT_MODELS, 'u2netp.onnx')),
      references: openReferenceReader({ ffmpeg: named.FRAMEWRIGHT_FFMPEG, ffprobe: named.FRAMEWRIGHT_FFPROBE }),
    };
  },
  async (message, neighbours) => {
    const document = new TextDecoder().decode(await neighbours.artifacts.get(message.job.brief));
    const accepted = parse(AcceptedBrief, JSON.parse(document), message.job.brief.key);
    return { ...message, prep: await normalizeAssets(message.job, accepted, neighbours) };
  },
);
