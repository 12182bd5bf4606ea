import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { memoryClipSigner } from '#adapters/memory/clip-signer';

export const ffmpeg = (...args: string[]): void => void execFileSync(resolve('.framewright/media/ffmpeg'), ['-v', 'error', '-y', ...args]);

export const scratch = (): string => mkdtempSync(join(tmpdir(), 'framewright-publish-'));

/** Two seconds of H.264 and AAC with its index in front: what post delivers, only smaller. */
export function makeClip(file: string, size = '320x180'): string {
  const picture = ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=24:duration=2`];
  const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'];
  ffmpeg(...picture, ...sound, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-movflags', '+faststart', file);
  return file;
}

/** One signer for a test file: making a root and a leaf takes longer than signing. */
export const developmentSigner = () => memoryClipSigner(new Date());
