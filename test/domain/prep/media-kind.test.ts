import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff } from '#domain/prep/media-kind';
import { jpegOf, pngOf, webpOf } from './picture-bytes.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hostile = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/hostile/${name}`, import.meta.url));

describe('what a file is', () => {
  it('is told from its first bytes', () => {
    expect(sniff(pngOf(1, 1))).toEqual({ kind: 'png' });
    expect(sniff(jpegOf(1, 1))).toEqual({ kind: 'jpeg' });
    expect(sniff(webpOf(1, 1))).toEqual({ kind: 'webp' });
    expect(sniff(bytes('\0\0\0\x20ftypisom'))).toEqual({ kind: 'mp4' });
    expect(sniff(bytes('\0\0\0\x14ftypqt  '))).toEqual({ kind: 'mp4' });
    expect(sniff(bytes('\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm'))).toEqual({ kind: 'matroska' });
    expect(sniff(bytes('\0\0\0\x1cftypM4A '))).toEqual({ kind: 'mp4' });
    expect(sniff(bytes('RIFF\0\0\0\0WAVEfmt '))).toEqual({ kind: 'wav' });
    expect(sniff(bytes('OggS\0\x02'))).toEqual({ kind: 'ogg' });
    expect(sniff(bytes('ID3\x04\0'))).toEqual({ kind: 'mp3' });
    expect(sniff(bytes('\xff\xfb\x90\x64'))).toEqual({ kind: 'mp3' });
  });

  it.each([
    ['vector.png', 'an SVG'],
    ['playlist.mp4', 'an HLS playlist'],
    ['other-file.mp4', 'an HLS playlist'],
    ['concat.mp4', 'an ffmpeg concat script'],
    ['manifest.mp4', 'a DASH manifest'],
  ])('names what %s really is', (name, found) => expect(sniff(hostile(name))).toEqual({ found }));

  it.each([
    ['GIF89a', 'a GIF'],
    ['\0\0\0\x18ftypheic', 'an ISO media file of brand "heic"'],
    ['\0\0\0\x18ftypavif', 'an ISO media file of brand "avif"'],
    ['<!DOCTYPE html><svg>', 'an SVG'],
    ['%PDF-1.7', 'a PDF'],
    ['PK\x03\x04', 'a ZIP archive'],
    ['\x1a\x45\xdf\xa3 something else', 'an EBML file of another type'],
    ['', 'an empty file'],
    ['hello', 'bytes that start with 68 65 6c 6c 6f'],
  ])('refuses %j', (start, found) => expect(sniff(bytes(start))).toEqual({ found }));

  it('accepts nothing that lacks a known start', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (random) => {
        fc.pre(![0x89, 0xff, 0x52, 0x1a, 0x4f, 0x49].includes(random[0] ?? 0) && String.fromCharCode(...random.slice(4, 8)) !== 'ftyp');
        expect(sniff(random)).toHaveProperty('found');
      }),
    );
  });
});
