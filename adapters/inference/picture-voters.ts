import { join } from 'node:path';
import type { PictureVoter } from '#domain/ports';
import { openNsfwVoter } from './open-nsfw-voter.ts';

/** Everybody of ours who looks at pictures, opened from one folder of models. */
export async function openPictureVoters(folder: string): Promise<readonly PictureVoter[]> {
  return [openNsfwVoter(join(folder, 'open-nsfw.onnx'))];
}
