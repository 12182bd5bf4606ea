import * as z from 'zod';
import { ErrorName } from '#contracts/errors';
import { ObjectCreated, ParkedBrief } from '#contracts/intake';
import { FramewrightError } from '#domain/errors';
import { excerpt } from './excerpt.ts';
import type { Arrival } from './parking.ts';

const Message = z.union([ObjectCreated, ParkedBrief]);

/**
 * Reads a message of the intake queue: an upload, or a brief that comes back from the parking lot.
 * Anything else throws `Contract.Violated`; the queue keeps it for people, since no uploader is waiting for an answer.
 */
export function arrivalOf(body: string, messageId: string): Arrival {
  const message = Message.safeParse(jsonIn(body));
  if (!message.success)
    throw new FramewrightError(
      ErrorName.ContractViolated,
      `message ${messageId}: expected an S3 "Object Created" event of a versioned bucket or a parked brief, found ${excerpt(body)}`,
    );
  if ('schema' in message.data) {
    const { object, uploadedAt, parkedSince, waits } = message.data;
    return { object, uploadedAt, parked: { parkedSince, waits } };
  }
  const { bucket, object } = message.data.detail;
  return {
    object: { bucket: bucket.name, key: object.key, versionId: object['version-id'], bytes: object.size },
    uploadedAt: new Date(message.data.time).toISOString(),
  };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
