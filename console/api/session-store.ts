import * as z from 'zod';
import type { Session } from './user-pool.ts';

const KEY = 'framewright.session';
const Kept = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresAt: z.number() });

/** One tab's session: a reload keeps it, closing the tab ends it, and no other tab sees it. */
export const sessionStore = {
  read(): Session | undefined {
    try {
      return Kept.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null')).data;
    } catch {
      return undefined; // storage is off in this browser: the session then lives in memory alone
    }
  },
  write(session: Session | undefined): void {
    try {
      if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
      else sessionStorage.removeItem(KEY);
    } catch {
      // see read
    }
  },
};
