import * as z from 'zod';

/** SHA-256 of the bytes, lower-case hex. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 lower-case hex digits');

/** Pixels never travel in messages: a reference does, and its hash says which bytes are meant. */
export const ArtifactRef = z.strictObject({
  bucket: z.string().min(3),
  key: z.string().min(1).max(1024), // S3's limit for a key, in bytes
  sha256: Sha256,
  bytes: z.int().nonnegative(),
});
export type ArtifactRef = z.infer<typeof ArtifactRef>;
