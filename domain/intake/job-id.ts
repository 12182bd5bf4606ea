import { createHash } from 'node:crypto';
import { TenantId } from '#contracts/identity';
import type { IntakeObject } from '#contracts/job';

/** Whose job a brief is when its key names no tenant; nobody can be given this name's permissions by mistake, since no brief under it is accepted. */
export const UNKNOWN_TENANT = 'unknown';

/** The first folder of the key, or `undefined` when there is no folder or it is not a tenant's name. */
export function tenantOfKey(key: string): string | undefined {
  const end = key.indexOf('/');
  const folder = TenantId.safeParse(key.slice(0, Math.max(end, 0)));
  return folder.success && folder.data !== UNKNOWN_TENANT ? folder.data : undefined;
}

/** Hex digits kept of the hash: 96 bits, so a billion briefs collide with a chance of about 1e-11. */
const HASH_DIGITS = 24;

/** The same version of the same brief is always the same job. NUL separates the parts because no key or version can hold it on the wire. */
export function jobIdOf(object: Pick<IntakeObject, 'key' | 'versionId'>): { jobId: string; tenant: string } {
  const tenant = tenantOfKey(object.key) ?? UNKNOWN_TENANT;
  const digest = createHash('sha256').update([tenant, object.key, object.versionId].join('\0')).digest('hex');
  return { jobId: `${tenant}_${digest.slice(0, HASH_DIGITS)}`, tenant };
}
