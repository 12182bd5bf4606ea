import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');
export const PROGRAM = join(root, 'containers/transcribe/worker/serve.py');
/** Any Python is enough for the dry run. */
export const PYTHON = 'python3';

/** Where `node tools/setup/transcribe.mjs` leaves packages and weights. */
const installed = join(root, '.framewright/transcribe');
export const whisper = {
  python: join(installed, 'venv/bin/python'),
  weights: join(installed, 'weights'),
  isInstalled: existsSync(join(installed, 'installed')),
};

export const folder = mkdtempSync(join(tmpdir(), 'transcribe-test-'));
const FFMPEG = join(root, '.framewright/media/ffmpeg');
export const NO_BOUNDS = { startSeconds: 60, workSeconds: 120, memoryMib: 6 * 1024 };

/** A sound as prep leaves it, made from a fixture or by ffmpeg's generators. */
export function wav(name: string, ...input: string[]): string {
  const file = join(folder, `${name}.wav`);
  const output = ['-ac', '1', '-ar', '16000', '-c:a', 'pcm_s16le', '-fflags', '+bitexact', '-flags', '+bitexact', '-map_metadata', '-1'];
  execFileSync(FFMPEG, ['-v', 'error', '-y', ...input, ...output, file]);
  return file;
}
export const speech = (name: string): string => wav(name, '-i', join(root, `test/fixtures/speech/${name}.ogg`));
export const tone = (seconds: number): string => wav(`tone-${seconds}`, '-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`);
export const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(file));

/** A recognizer that says exactly this: how the other side of the protocol is made to misbehave. */
export function scripted(python: string): string {
  const file = join(folder, `scripted-${scripts++}.py`);
  writeFileSync(file, `import sys, time, os, json\nsay = lambda line: print(line, flush=True)\n${python}\n`);
  return file;
}
let scripts = 0;
