import { createHash } from 'node:crypto';
import * as z from 'zod';
import { canonicalJson } from '#domain/plan/canonical-json';

/** What is kept outside the process: what a window leaves for the next, a step inside a window, the frames that all tiers share. */
const Header = z.strictObject({
  kind: z.enum(['context', 'step', 'frames']),
  format: z.literal(1),
  /** Of what it belongs to: other contents are never taken for these. */
  identity: z.string(),
  /** Steps that were done. */
  step: z.int().nonnegative().optional(),
  sha256: z.string(),
});
type Kind = z.infer<typeof Header>['kind'];

export interface Letter {
  readonly kind: Kind;
  readonly identity: string;
  readonly step?: number;
  readonly body: Uint8Array;
}

/** Bytes with a header in front: its length (32 bits, little end first), the header as JSON, the body. */
export function sealed({ body, ...facts }: Letter): Uint8Array {
  const header = canonicalJson({ ...facts, format: 1, sha256: sha256(body) });
  const letter = new Uint8Array(4 + header.length + body.length);
  new DataView(letter.buffer).setUint32(0, header.length, true);
  letter.set(header, 4);
  letter.set(body, 4 + header.length);
  return letter;
}

/** The letter, or `undefined` when it is of another kind, belongs to something else, is of another format or was damaged. */
export function opened(bytes: Uint8Array, kind: Kind, identity: string): Letter | undefined {
  if (bytes.length < 4) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = Header.safeParse(parsed(bytes.subarray(4, 4 + length)));
  const body = bytes.slice(4 + length); // copied, so that it begins where four-byte numbers may
  if (!header.success || header.data.kind !== kind || header.data.identity !== identity || header.data.sha256 !== sha256(body))
    return undefined;
  const { step } = header.data;
  return { kind, identity, body, ...(step !== undefined && { step }) };
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch {
    return undefined; // no header of ours
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
