import { inject } from 'vitest';
import type { LocalAws } from '../../tools/local/local-aws.ts';

/** What a test needs to know of the shared instance; only the global set-up starts and stops it. */
export type LocalAwsConnection = Omit<LocalAws, 'stop' | 'failed'>;

declare module 'vitest' {
  export interface ProvidedContext {
    localAws: LocalAwsConnection;
  }
}

/** The one local AWS of this test run. Suites that use it name test/platform/global-setup.ts as their global set-up. */
export async function localAws(): Promise<LocalAwsConnection> {
  return inject('localAws');
}
