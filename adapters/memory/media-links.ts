import type { MediaLinks } from '#domain/ports';

/** Links to a server that hands out the memory store's objects; without one they lead to a host that does not exist. */
export function openMemoryMediaLinks(origin = 'https://media.invalid'): MediaLinks {
  return { link: async ({ bucket, key }) => `${origin}/${bucket}/${key}` };
}
