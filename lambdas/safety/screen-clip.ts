import { fileURLToPath } from 'node:url';
import { openArtifactStore } from '#adapters/aws/artifact-store';
import { openNsfwVoter } from '#adapters/inference/open-nsfw-voter';
import { openClipFrames } from '#adapters/media/clip-frames';
import { requireEnvironment } from '#contracts/environment';
import { ClipSafetyInput, ClipSafetyOutput } from '#contracts/safety-clip';
import { contractViolated } from '#domain/errors';
import { screenClip } from '#domain/safety/clip/screen-clip';
import { step } from '../step.ts';

/** Looks at the master clip of a render; the other sizes are cut from the same pictures. */
export const handler = step(
  { name: 'safety.screen-clip', visit: ({ tier }) => `safety:${tier}` as const, input: ClipSafetyInput, output: ClipSafetyOutput },
  (environment) => {
    const named = requireEnvironment(environment, ['FRAMEWRIGHT_ARTIFACTS_BUCKET', 'FRAMEWRIGHT_FFMPEG']);
    const artifacts = openArtifactStore({ bucket: named.FRAMEWRIGHT_ARTIFACTS_BUCKET });
    return {
      frames: openClipFrames({ ffmpeg: named.FRAMEWRIGHT_FFMPEG, artifacts }),
      voters: [openNsfwVoter(fileURLToPath(new URL('./models/open-nsfw.onnx', import.meta.url)))],
    };
  },
  async (message, neighbours) => {
    const [master] = message.post.clips;
    if (!master) throw contractViolated('safety.screen-clip input', 'a post without clips');
    return { ...message, clipVerdict: await screenClip(master, neighbours) };
  },
);
