import { join } from 'node:path';
import type { LikenessDenyList } from '#contracts/likeness';
import type { PictureReader, PictureVoter } from '#domain/ports';
import { BROAD, FACES, FINE, lookingOnce, readingOnce } from '#domain/safety/clip/twins';
import { openLikenessVoter } from './faces/likeness-voter.ts';
import { openNsfwjsVoter } from './nsfwjs-voter.ts';
import type { ModelOptions } from './onnx-session.ts';
import { openNsfwVoter } from './open-nsfw-voter.ts';
import { openStockWatermarkVoter, type WatermarkSigns } from './stock-watermark-voter.ts';
import { openPaddleReader } from './text/paddle-reader.ts';

/** Two threads: a Lambda of 3 GB has nearly two cores, and a laptop has them. The frames of a clip have one size. */
const OPTIONS: ModelOptions = { threads: 2, keepsMemory: true };

const readers = new Map<string, PictureReader>();

/**
 * Reads what stands in pictures. One a folder: whoever opens it again gets the same, which reads a picture once, for everybody who asks
 * about it or about a twin of it.
 */
export function openPictureReader(folder: string): PictureReader {
  const found = readers.get(folder) ?? newReader(folder);
  readers.set(folder, found);
  return found;
}

const newReader = (folder: string): PictureReader =>
  readingOnce(
    openPaddleReader(
      { detector: join(folder, 'text-detector.onnx'), reader: join(folder, 'text-reader.onnx'), letters: join(folder, 'text-letters.txt') },
      { threads: 2 },
    ),
    FINE,
  );

/** Every voter that looks at pictures on this machine; models are opened at the first look. `folder` holds what lib/handlers.ts lists for screening. */
export function openPictureVoters(
  folder: string,
  watermarks: WatermarkSigns = 'everything',
  denyList: LikenessDenyList = [],
): PictureVoter[] {
  return [
    lookingOnce(openNsfwVoter(join(folder, 'open-nsfw.onnx'), OPTIONS), BROAD),
    lookingOnce(openNsfwjsVoter('nsfw-mobilenet@1', join(folder, 'nsfw-mobilenet.onnx'), OPTIONS), BROAD),
    lookingOnce(openNsfwjsVoter('nsfw-inception@1', join(folder, 'nsfw-inception.onnx'), OPTIONS), BROAD),
    lookingOnce(openStockWatermarkVoter(openPictureReader(folder), watermarks), FINE),
    lookingOnce(
      openLikenessVoter(
        {
          detector: join(folder, 'face-detector.onnx'),
          landmarks: join(folder, 'face-landmarks.onnx'),
          embedding: join(folder, 'face-embedding.onnx'),
          age: join(folder, 'face-age.onnx'),
        },
        denyList,
        OPTIONS,
      ),
      FACES,
    ),
  ];
}
