import type { Post } from '#contracts/post';

/** Hashes of everything that leaves with a render, in a fixed order: clips, master first, then what is drawn from the master's frames. */
export const leavingWith = ({ clips, poster, contactSheet }: Pick<Post, 'clips' | 'poster' | 'contactSheet'>): string[] =>
  [...clips.map(({ ref }) => ref), poster, contactSheet].map(({ sha256 }) => sha256);
