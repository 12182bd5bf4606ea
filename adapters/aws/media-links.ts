import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { MediaLinks, Now } from '#domain/ports';
import { s3 } from './clients.ts';

/** A link lasts as long as a claim (15 minutes), so a reviewer who takes a clip can watch it to the end. */
const LINK_SECONDS = 15 * 60;
/** Links are dated back to the last full five minutes: asking again within them gives the same link, and a player goes on playing. */
const SAME_LINK_SECONDS = 5 * 60;

interface Settings {
  readonly client?: S3Client;
  readonly now?: Now;
}

/** Links that S3 itself checks: one object, reading only, minutes. Whoever signs must be allowed to read the object. */
export function openMediaLinks({ client = s3(), now = () => new Date() }: Settings = {}): MediaLinks {
  return {
    link: ({ bucket, key }) => {
      const step = SAME_LINK_SECONDS * 1000;
      const signingDate = new Date(Math.floor(now().getTime() / step) * step);
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, ResponseCacheControl: `private, max-age=${SAME_LINK_SECONDS}` });
      return getSignedUrl(client, command, { signingDate, expiresIn: LINK_SECONDS + SAME_LINK_SECONDS });
    },
  };
}
