import * as z from 'zod';
import { contractViolated } from '#domain/errors';

/** Parses at the door; the error names the message, the path, what was expected and what was found. */
export function parse<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw contractViolated(where, z.prettifyError(result.error));
}
