import { assetRejected } from '#domain/errors';
import type { ReferenceFacts } from '#domain/ports';
import type { AssetName } from './check-asset.ts';
import { LIMITS } from './limits.ts';

/** Faster than any camera's normal mode; a claimed million frames a second is a way to keep a decoder busy. */
const MAX_FPS = 240;

/** Refuses a reference by what it says about itself. Throws `Asset.Rejected`. */
export function admitReference(asset: AssetName, { seconds, picture, hasSound }: ReferenceFacts): void {
  const { pixels, seconds: longest } = LIMITS.reference;
  if (!(seconds > 0 && seconds <= longest)) throw assetRejected(asset, `a length of up to ${longest} seconds`, `${seconds} seconds`);
  if (!picture && !hasSound) throw assetRejected(asset, 'pictures or sound', 'neither');
  if (!picture) return;
  const { fps, width, height } = picture;
  if (!(width * height > 0 && width * height <= pixels))
    throw assetRejected(asset, `frames of at most ${(pixels / 1e6).toFixed(1)} megapixels`, `${width} x ${height}`);
  if (!(fps > 0 && fps <= MAX_FPS)) throw assetRejected(asset, `a frame rate up to ${MAX_FPS} per second`, `${fps}`);
}
