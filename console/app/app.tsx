import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConsoleConfig, Me } from '#contracts/review-api';
import { type ReviewApi, reviewApi } from '../api/review-api.ts';
import type { Session } from '../api/user-pool.ts';
import { DashboardPage } from '../dashboard/dashboard-page.tsx';
import { nextPollSeconds } from '../logic/backoff.ts';
import { questionKey } from '../logic/question.ts';
import type { Route } from '../logic/route.ts';
import { QueuePage } from '../queue/queue-page.tsx';
import { openQueue } from '../queue/queue-store.ts';
import { ReviewPage } from '../review/review-page.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { TogetherPage } from '../together/together-page.tsx';
import { Notice } from '../ui/notice.tsx';
import { openAccess, type SessionAccess } from './access.ts';
import { RoomProvider } from './context.ts';
import { route } from './route.ts';
import { Shell } from './shell.tsx';
import { useStore } from './store.ts';
import { Announcements, announce, toast } from './toasts.tsx';

const whole = (session: Session | undefined) => session;
const here = (at: Route) => at;

/** The whole console: who is not signed in signs in; everybody else is on one of four pages. */
export function App({ config }: { config: ConsoleConfig }) {
  const pool = useMemo(() => ({ address: config.userPool, clientId: config.clientId }), [config]);
  const access = useMemo(() => openAccess(pool), [pool]);
  const api = useMemo(() => reviewApi(config.api, access), [config, access]);
  const session = useStore(access.session, whole);
  const [me, setMe] = useState<Me | undefined>(undefined);
  const name = me?.name;
  useEffect(() => {
    // Whoever signs in again may be somebody else, with other rights.
    if (session && name !== undefined)
      void api.me().then((answer) => {
        if (answer.kind === 'ok') setMe(answer.value);
      });
  }, [session === undefined]);
  const sign = (again: boolean) => <SignIn pool={pool} environment={config.environment} again={again} onSession={access.begin} />;

  return (
    <>
      {!session && !me && sign(false)}
      {session && !me && <WhoAmI api={api} access={access} onMe={setMe} />}
      {me && (
        <>
          {/* What somebody wrote survives the end of a session: the page stays, out of reach, behind the form. */}
          <div inert={!session}>
            <Inside key={me.name} api={api} access={access} me={me} config={config} onSignOut={() => setMe(undefined)} />
          </div>
          {!session && <div class="veil">{sign(true)}</div>}
        </>
      )}
      <Announcements />
    </>
  );
}

/** Asks the API who this is, again and again until it answers. */
function WhoAmI({ api, access, onMe }: { api: ReviewApi; access: SessionAccess; onMe(me: Me): void }) {
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    const ask = async () => {
      const answer = await api.me();
      if (answer.kind === 'ok') return onMe(answer.value);
      if (answer.kind === 'problem' && answer.status === 401) return access.end();
      failures += 1;
      setProblem(answer.kind === 'unchanged' ? undefined : answer.message);
      timer = setTimeout(ask, nextPollSeconds(failures) * 1000);
    };
    void ask();
    return () => clearTimeout(timer);
  }, [api, access, onMe]);
  return (
    <main class="waiting" id="main">
      <h1 class="unseen">Framewright review</h1>
      {problem ? (
        <Notice tone="bad" title="The review service does not answer">
          {problem}
        </Notice>
      ) : (
        <p class="quiet">Opening the queue…</p>
      )}
    </main>
  );
}

interface InsideProps {
  readonly api: ReviewApi;
  readonly access: SessionAccess;
  readonly me: Me;
  readonly config: ConsoleConfig;
  onSignOut(): void;
}

const TITLES = { queue: 'Queue', dashboard: 'Dashboard', review: 'Review', together: 'Side by side' } as const;

function Inside({ api, access, me, config, onSignOut }: InsideProps) {
  const queue = useMemo(() => openQueue(api.queue), [api]);
  useEffect(() => queue.start(), [queue]);
  const room = useMemo(() => ({ api, me, config, queue, announce, toast }), [api, me, config, queue]);
  const at = useStore(route, here);

  const first = useRef(true);
  useEffect(() => {
    document.title = `${TITLES[at.page]} · Framewright`;
    // A new page starts at its top, for eyes and for screen readers; the first one is where the browser put it.
    if (!first.current) document.getElementById('main')?.focus({ preventScroll: true });
    first.current = false;
    if (at.page !== 'queue') queue.setMovable(() => true);
  }, [at, queue]);

  return (
    <RoomProvider value={room}>
      <Shell
        page={at.page}
        signOut={() => {
          onSignOut();
          void access.end();
        }}
      >
        {at.page === 'queue' && <QueuePage />}
        {at.page === 'dashboard' && <DashboardPage />}
        {at.page === 'together' && <TogetherPage key={questionKey(at.id)} id={at.id} />}
        {at.page === 'review' && <ReviewPage key={questionKey(at.id)} id={at.id} />}
      </Shell>
    </RoomProvider>
  );
}
