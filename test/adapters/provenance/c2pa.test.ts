import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MemorySigner } from '#adapters/memory/clip-signer';
import { inspectCredentials, readCredentials, signClip } from '#adapters/provenance/c2pa';
import { Component } from '#contracts/component';
import { ErrorName } from '#contracts/errors';
import { MAX_MANIFEST_BYTES } from '#contracts/provenance';
import { clipManifest, renderRecord } from '#domain/publish/manifest';
import animaticJson from '../../../containers/animatic/component.json' with { type: 'json' };
import postJson from '../../../containers/post/component.json' with { type: 'json' };
import { approvedJob, decision, render } from '../../domain/publish/message.ts';
import { developmentSigner, ffmpeg, makeClip, scratch } from './clips.ts';

const generate = Component.parse(animaticJson);
const final = render('final');
const message = approvedJob({ briefDecision: decision('brief'), finalDecision: decision('final') });
const record = renderRecord(message, final, final.post.clips[0]!, { generate, post: Component.parse(postJson), companions: [] });
const manifest = clipManifest('clip.mp4', record, generate, { name: 'framewright', version: '0.1.0' });

const folder = scratch();
const plain = join(folder, 'plain.mp4');
const signed = join(folder, 'signed.mp4');
let development: MemorySigner;
let manifestBytes = 0;

beforeAll(async () => {
  makeClip(plain);
  development = await developmentSigner();
  ({ manifestBytes } = await signClip({ input: plain, output: signed, signer: development.signer, manifest }));
});

const tampered = (name: string, change: (bytes: Buffer) => Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, change(readFileSync(signed)));
  return file;
};
const stateOf = async (file: string, anchors = development.anchors) => (await readCredentials(file, anchors)).state;

describe('a signed clip', () => {
  it('is trusted under its anchors, and names its signer and its maker', async () => {
    expect(await readCredentials(signed, development.anchors)).toEqual({
      file: signed,
      state: 'Trusted',
      signer: 'Framewright development signer',
      generator: 'framewright/0.1.0',
      problems: [],
    });
  });

  it('tells how it was made, word for word', async () => {
    const { render: told, label } = await inspectCredentials(signed, development.anchors);
    expect(told).toEqual(record);
    expect(label).toMatch(/^urn:c2pa:/);
  });

  it('carries a manifest that media services accept, and adds little more than that', () => {
    expect(manifestBytes).toBeLessThan(MAX_MANIFEST_BYTES / 2);
    expect(statSync(signed).size - statSync(plain).size).toBeLessThan(manifestBytes + 200);
  });

  it('still plays to its last frame', () => {
    ffmpeg('-xerror', '-i', signed, '-f', 'null', '-');
  });

  it('is valid but not trusted for who trusts somebody else', async () => {
    const other = await developmentSigner();
    const found = await readCredentials(signed, other.anchors);
    expect(found.state).toBe('Valid');
    expect(found.problems.join()).toContain('signingCredential.untrusted');
    expect(await stateOf(signed, '')).toBe('Valid'); // nobody is trusted yet
  });
});

describe('a clip that was touched after signing', () => {
  it('is invalid when one bit of its picture changed', async () => {
    const flip = (bytes: Buffer) => {
      const at = bytes.indexOf('mdat') + 4_000;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    };
    const found = await readCredentials(tampered('flipped.mp4', flip), development.anchors);
    expect(found.state).toBe('Invalid');
    expect(found.problems.join()).toContain('assertion.bmffHash.mismatch');
  });

  it('is invalid when something was appended or cut off', async () => {
    const box = Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from('mdat12345678')]);
    expect(await stateOf(tampered('longer.mp4', (bytes) => Buffer.concat([bytes, box])))).toBe('Invalid');
    expect(await stateOf(tampered('shorter.mp4', (bytes) => bytes.subarray(0, -5_000)))).toBe('Invalid');
  });

  it('is invalid when its record was rewritten', async () => {
    const rewrite = (bytes: Buffer) => {
      const at = bytes.indexOf('rule:low-risk');
      expect(at).toBeGreaterThan(0);
      bytes.write('rule:big-risk', at);
      return bytes;
    };
    expect(await stateOf(tampered('rewritten.mp4', rewrite))).toBe('Invalid');
  });

  it('is unsigned after a remux: that is why nothing may happen to a clip after signing', async () => {
    const file = join(folder, 'remuxed.mp4');
    ffmpeg('-i', signed, '-c', 'copy', file);
    expect(await readCredentials(file, development.anchors)).toEqual({
      file,
      state: 'Unsigned',
      signer: null,
      generator: null,
      problems: [],
    });
  });
});

describe('a file without credentials', () => {
  it('is unsigned when it is a clip, invalid when it is none, and an error when it is not there', async () => {
    expect(await stateOf(plain)).toBe('Unsigned');
    const text = join(folder, 'notes.mp4');
    writeFileSync(text, 'not a clip');
    expect(await stateOf(text)).toBe('Invalid');
    await expect(readCredentials(join(folder, 'missing.mp4'), development.anchors)).rejects.toThrow(/missing\.mp4/);
  });
});

describe('signing that fails', () => {
  it('passes the refusal of the key on under its own name, so that the machine can retry a throttled key', async () => {
    const refusal = Object.assign(new Error('rate exceeded'), { name: 'ThrottlingException' });
    const signer = { ...development.signer, sign: () => Promise.reject(refusal) };
    await expect(signClip({ input: plain, output: join(folder, 'none.mp4'), signer, manifest })).rejects.toBe(refusal);
  });

  it('names the clip when it cannot be signed', async () => {
    const file = join(folder, 'notes.mp4');
    writeFileSync(file, 'not a clip');
    await expect(signClip({ input: file, output: join(folder, 'none.mp4'), signer: development.signer, manifest })).rejects.toMatchObject({
      name: ErrorName.SignatureFailed,
      message: expect.stringContaining('notes.mp4'),
    });
  });

  it('refuses a manifest that would be too large for the services after us', async () => {
    const long = {
      ...manifest,
      assertions: [...manifest.assertions, { label: 'io.framewright.long', data: { text: 'x'.repeat(MAX_MANIFEST_BYTES) } }],
    };
    await expect(
      signClip({ input: plain, output: join(folder, 'long.mp4'), signer: development.signer, manifest: long }),
    ).rejects.toMatchObject({ name: ErrorName.SignatureFailed, message: expect.stringContaining(`at most ${MAX_MANIFEST_BYTES} bytes`) });
  });
});
