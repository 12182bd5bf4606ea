import type { OutputSize } from '#contracts/brief';

/** `clip.mp4` for the master (the first output), `clip-<w>x<h>.mp4` for the others. */
export const clipName = (index: number, { width, height }: OutputSize): string =>
  index === 0 ? 'clip.mp4' : `clip-${width}x${height}.mp4`;

export const POSTER = 'poster.png';
export const CONTACT_SHEET = 'contact-sheet.png';
export const PROVENANCE = 'provenance.json';
