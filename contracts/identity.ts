import * as z from 'zod';

/** A tenant is a permission prefix, so it holds nothing that could leave its own prefix. At most 32 characters. */
export const TenantId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/, 'expected 1-32 of a-z, 0-9 and inner hyphens');

/**
 * `<tenant>_<24 hex>`: hash(tenant, brief key, brief version id), see domain/intake/job-id.ts. It is the execution name too, so the
 * same brief version can only ever be one job. At most 57 characters (Step Functions allows 80).
 */
export const JobId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?_[0-9a-f]{24}$/, 'expected <tenant>_<24 hex digits>');
export type JobId = z.infer<typeof JobId>;

/** The tenant is the part before the underscore; tenants hold none. */
export const tenantOfJob = (jobId: string): string => jobId.slice(0, jobId.indexOf('_'));

/** ISO 8601 instant in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = z.iso.datetime({ offset: false });
