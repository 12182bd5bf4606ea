import { contractViolated } from '#domain/errors';
import type { RefusalKind } from './worker-protocol.ts';

/** The Python process ended, fell silent or stopped making sense. Another process may well finish the window from its last state. */
export class WorkerLost extends Error {
  override readonly name = 'Component.Lost';
}

/** The GPU or the machine is too small, or was when it was tried. Another machine may do. */
export class OutOfMemory extends Error {
  override readonly name = 'Component.OutOfMemory';
}

/** The Python process said no, in its own words. */
export class Refused extends Error {
  override readonly name = 'Component.Refused';
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, says: string) {
    super(`${kind}: ${says}`);
    this.kind = kind;
  }
}

/** What the harness is to think of it: errors of the work itself end the job, all others let Batch try again. */
export function asHarnessError(where: string, error: unknown): unknown {
  if (!(error instanceof Refused)) return error;
  switch (error.kind) {
    case 'bad-request':
    case 'wrong-shape':
    case 'nan': // deterministic: the same seed gives the same NaN
      return contractViolated(where, error.message);
    case 'oom':
      return new OutOfMemory(`${where}: ${error.message}`);
    case 'cancelled':
    case 'internal':
      return error;
  }
}
