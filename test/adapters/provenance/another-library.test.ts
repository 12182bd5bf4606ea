import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { signClip } from '#adapters/provenance/c2pa';
import { developmentSigner, ffmpeg, makeClip, scratch } from './clips.ts';

/** The same engine in an older version and as machine code, which embeds and hashes itself; its package has a binary for this machine alone. */
const HAS_BINARY = process.platform === 'linux' && process.arch === 'x64';
if (!HAS_BINARY) console.log('skipped: @contentauth/c2pa-node 0.8.0 carries a binary for Linux on x64 only');

const MANIFEST = {
  title: 'clip.mp4',
  format: 'video/mp4',
  claim_generator_info: [{ name: 'framewright', version: '0.1.0' }],
  assertions: [
    {
      label: 'c2pa.actions.v2',
      data: {
        actions: [{ action: 'c2pa.created', digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia' }],
      },
    },
  ],
};

describe.skipIf(!HAS_BINARY)('another version of the library agrees', () => {
  const folder = scratch();
  let state: (file: string) => Promise<string | undefined>;
  let sign: (input: string, output: string) => Promise<unknown>;
  beforeAll(async () => {
    const { Reader, settingsToJson } = await import('@contentauth/c2pa-node');
    const { signer, anchors } = await developmentSigner();
    const settings = settingsToJson({
      trust: { trustAnchors: anchors, verifyTrustList: true },
      verify: { verifyTrust: true, ocspFetch: false },
    });
    state = async (path) => {
      const report: unknown = (await Reader.fromAsset({ path, mimeType: 'video/mp4' }, settings))?.json();
      return typeof report === 'object' && report !== null && 'validation_state' in report ? String(report.validation_state) : undefined;
    };
    sign = (input, output) => signClip({ input, output, signer, manifest: MANIFEST });
  });

  it('that a clip is what was signed, by who is trusted', async () => {
    const output = join(folder, 'signed.mp4');
    await sign(makeClip(join(folder, 'plain.mp4')), output);
    expect(await state(output)).toBe('Trusted');
  });

  it('also when its index lies at the end', async () => {
    const late = join(folder, 'late.mp4');
    ffmpeg('-i', makeClip(join(folder, 'plain.mp4')), '-c', 'copy', late);
    const output = join(folder, 'late-signed.mp4');
    await sign(late, output);
    expect(await state(output)).toBe('Trusted');
  });
});
