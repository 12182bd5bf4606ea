import type { Access } from '../api/review-api.ts';
import { sessionStore } from '../api/session-store.ts';
import { refresh, revoke, type Session, type UserPool } from '../api/user-pool.ts';
import { createStore, type Store } from './store.ts';

/** A token is renewed this long before it runs out, so that no call is refused in between. */
const RENEW_BEFORE_MS = 60_000;

export interface SessionAccess extends Access {
  /** The session, or `undefined` when somebody has to sign in. */
  readonly session: Store<Session | undefined>;
  begin(session: Session): void;
  end(): Promise<void>;
}

export function openAccess(pool: UserPool): SessionAccess {
  const session = createStore<Session | undefined>(sessionStore.read());
  const keep = (next: Session | undefined): void => {
    sessionStore.write(next);
    session.set(next);
  };

  let renewing: Promise<string | undefined> | undefined;
  const renewOnce = async (): Promise<string | undefined> => {
    const old = session.get();
    if (!old) return undefined;
    const answer = await refresh(pool, old);
    // A service that is down is no reason to throw somebody out: the old token is tried once more.
    if (answer.kind === 'unreachable') return old.expiresAt > Date.now() ? old.accessToken : undefined;
    keep(answer.kind === 'session' ? answer.session : undefined);
    return session.get()?.accessToken;
  };
  const renew = (): Promise<string | undefined> => {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  return {
    session,
    begin: keep,
    renew,
    async token() {
      const now = session.get();
      return now && now.expiresAt - Date.now() < RENEW_BEFORE_MS ? renew() : now?.accessToken;
    },
    async end() {
      const old = session.get();
      keep(undefined);
      if (old) await revoke(pool, old);
    },
  };
}
