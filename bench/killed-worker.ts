import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import { type LoopbackAws, loopbackAws } from '../test/containers/animatic/loopback-aws.ts';
import { givePlan, renderedObjects, startWorker } from '../test/containers/worker-process.ts';

/** A component whose workers are killed. */
export interface Victim {
  readonly name: string;
  readonly program: string;
  readonly plan: PlanDocument;
  readonly environment: Readonly<Record<string, string>>;
  /** Objects that lie in the store before any worker starts: weights. */
  readonly given: ReadonlyMap<string, Buffer>;
  /** Crash points that its workers pass. */
  readonly points: readonly string[];
}

/** When to end an attempt; the signal comes so many milliseconds after it started, if it is still there. */
export interface Kill {
  readonly signal: 'SIGTERM' | 'SIGKILL';
  readonly afterMs: number;
}

export interface AttemptSeen {
  readonly code: number | string;
  /** Set when the signal found the worker alive. */
  readonly killedBy: Kill['signal'] | undefined;
  readonly ms: number;
  /** From the start to the first window that was missing; the whole attempt when it did not come so far. */
  readonly startMs: number;
  /** From the last thing that stands, a commit or a checkpoint, to the end of the attempt. 0 before the first window. */
  readonly unsavedMs: number;
  /** Whole windows rendered: milliseconds from claim to commit. */
  readonly windowsMs: readonly number[];
}

/** One shot with a store of its own, rendered by as many attempts as it takes. */
export interface Render {
  readonly aws: LoopbackAws;
  attempt(kill?: Kill, environment?: Readonly<Record<string, string>>): Promise<AttemptSeen>;
  /** Windows whose manifest was created, each as often as it was. */
  commits(): string[];
  objects(): ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export async function openRender(victim: Victim): Promise<Render> {
  const { plan, program } = victim;
  const aws = await loopbackAws();
  givePlan(aws, plan);
  for (const [key, body] of victim.given) aws.objects.set(key, body);
  const planKey = keys.plan(plan);
  let attempts = 0;

  return {
    aws,
    async attempt(kill, environment = {}) {
      const startedAt = performance.now();
      const seenBefore = aws.calls.length;
      attempts += 1;
      const worker = startWorker(aws, plan, { program, attempt: attempts, environment: { ...victim.environment, ...environment } });
      let killedBy: Kill['signal'] | undefined;
      const timer =
        kill &&
        setTimeout(() => {
          if (worker.child.exitCode === null && worker.child.signalCode === null && worker.child.kill(kill.signal)) killedBy = kill.signal;
        }, kill.afterMs);
      const code = await worker.code;
      clearTimeout(timer);
      const endedAt = performance.now();

      const calls = aws.calls.slice(seenBefore);
      const isManifest = (key: string): boolean => key.includes('/shots/') && key.endsWith('.json');
      const claims = calls.filter(({ method, key, status }) => method === 'GET' && status === 404 && isManifest(key));
      const commits = calls.filter(({ method, key, status }) => method === 'PUT' && status === 200 && isManifest(key));
      const kept = calls.filter(({ method, key, status }) => method === 'PUT' && status === 200 && key.endsWith('.checkpoint'));
      const begun = claims[0]?.at;
      const marks = [...claims, ...commits, ...kept].map(({ at }) => at);
      const ms = endedAt - startedAt;
      return {
        code,
        killedBy,
        ms,
        startMs: begun === undefined ? ms : begun - startedAt,
        unsavedMs: begun === undefined ? 0 : endedAt - Math.max(...marks),
        windowsMs: commits.map(({ key, at }) => at - (claims.find((claim) => claim.key === key)?.at ?? at)),
      };
    },
    commits: () => aws.created.filter((key) => key.includes('/shots/')),
    objects: () => new Map([...renderedObjects(aws)].filter(([key]) => key !== planKey && !victim.given.has(key))),
    close: () => aws.close(),
  };
}
