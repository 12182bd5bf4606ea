import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '#contracts/errors';
import { type Chance, chance } from './chance.ts';
import { type Benchmark, rounded } from './figures.ts';
import { type AttemptSeen, type Kill, openRender, type Victim } from './killed-worker.ts';
import { cheapVictims, learnedVictim } from './victims.ts';

const ROOT = join(import.meta.dirname, '..');
/** Reclaims come without memory, so their moments are drawn from an exponential; with this share of an undisturbed run as mean, most runs are met. */
const MEAN_LIFE = 0.8;
/** Renders at a time: one a core. */
const AT_ONCE = 2;
/** Workers of our own model take seconds to start, so only so many are killed. */
const LEARNED_KILLS = 12;
/** A shot that is not finished by then never will be. */
const MOST_ATTEMPTS = 100;
const SEED = 20_261_126;

interface Undisturbed {
  readonly objects: ReadonlyMap<string, string>;
  readonly ms: number;
}

/** What became of the renders of one victim. */
interface Tally {
  readonly victim: Victim;
  /** Attempts that a signal was meant for. */
  readonly attempts: AttemptSeen[];
  renders: number;
  crashes: number;
  different: number;
  committedTwice: number;
}

interface Disturbance {
  readonly kill?: Kill | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface ResumeSettings {
  readonly kills?: number | undefined;
  /** Only workers of this component are killed; all when left out. */
  readonly component?: string | undefined;
}

/** Kills workers at random moments and at every named place, and compares what their successors leave with an undisturbed run. */
export async function resume({ kills = 200, component }: ResumeSettings = {}): Promise<Benchmark> {
  const scratch = await mkdtemp(join(ROOT, '.framewright', 'bench-resume-'));
  const draw = chance(SEED);
  try {
    const tallies: Tally[] = [];
    const wanted = ({ name }: Victim): boolean => component === undefined || name === component;
    const cheap = (await cheapVictims(scratch)).filter(wanted);
    for (const victim of cheap) {
      const undisturbed = await undisturbedRun(victim);
      const tally = blank(victim);
      await together(crashesOf(victim).map((crashAt) => () => crashOnce(crashAt, undisturbed, tally)));
      await killUntil(Math.ceil(kills / cheap.length), undisturbed, draw, tally);
      tallies.push(tally);
    }
    const learned = await learnedVictim();
    if (learned && wanted(learned)) {
      const tally = blank(learned);
      await killUntil(LEARNED_KILLS, await undisturbedRun(learned), draw, tally);
      tallies.push(tally);
    }
    // Our own model's workers alone are too few for the goal of all.
    return judged(tallies, component === undefined ? 200 : component === learned?.name ? LEARNED_KILLS : kills);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const blank = (victim: Victim): Tally => ({ victim, attempts: [], renders: 0, crashes: 0, different: 0, committedTwice: 0 });

async function undisturbedRun(victim: Victim): Promise<Undisturbed> {
  const render = await openRender(victim);
  try {
    const { code, ms } = await render.attempt();
    if (code !== 0) throw new Error(`${victim.name}: expected an undisturbed run to end with 0, found ${code}`);
    return { objects: render.objects(), ms };
  } finally {
    await render.close();
  }
}

/** Renders one shot: attempts are disturbed as long as `disturb` says how, and repeated until one ends well. */
async function finish(disturb: () => Disturbance | undefined, undisturbed: Undisturbed, tally: Tally): Promise<AttemptSeen[]> {
  const { name } = tally.victim;
  const render = await openRender(tally.victim);
  const seen: AttemptSeen[] = [];
  try {
    while (seen.at(-1)?.code !== 0) {
      const { kill, environment } = disturb() ?? {};
      const attempt = await render.attempt(kill, environment);
      seen.push(attempt);
      if (typeof attempt.code === 'number' && attempt.code !== 0 && attempt.code !== ExitCode.Interrupted)
        throw new Error(`${name}: expected a worker that ended well or was killed, found exit code ${attempt.code}`);
      if (seen.length === MOST_ATTEMPTS) throw new Error(`${name}: expected a shot to be finished within ${MOST_ATTEMPTS} attempts`);
    }
    const commits = render.commits();
    tally.renders += 1;
    tally.committedTwice += commits.length - new Set(commits).size;
    if (!equal(render.objects(), undisturbed.objects)) tally.different += 1;
    return seen;
  } finally {
    await render.close();
  }
}

const crashesOf = ({ points }: Victim): string[] => points.flatMap((point) => [`${point}:before`, `${point}:after`]);

/** A checkpoint is only made when the machine is taken away while a window is being made, so that moment is looked for. */
const MOMENTS = [0.7, 0.6, 0.8, 0.5, 0.9];

async function crashOnce(crashAt: string, undisturbed: Undisturbed, tally: Tally): Promise<void> {
  const moments = crashAt.startsWith('window:checkpoint') ? MOMENTS : [undefined];
  for (const moment of moments) {
    const kill: Kill | undefined = moment === undefined ? undefined : { signal: 'SIGTERM', afterMs: undisturbed.ms * moment };
    const story: Disturbance[] = [{ environment: { FRAMEWRIGHT_CRASH_AT: crashAt }, kill }];
    const [first] = await finish(() => story.shift(), undisturbed, tally);
    if (first?.code !== 'SIGKILL') continue;
    tally.crashes += 1;
    return;
  }
  throw new Error(`${tally.victim.name}: expected a worker to pass ${crashAt}, found none that did`);
}

async function killUntil(wanted: number, undisturbed: Undisturbed, draw: Chance, tally: Tally): Promise<void> {
  const disturb = (): Disturbance => ({
    kill: { signal: draw.uniform() < 0.5 ? 'SIGTERM' : 'SIGKILL', afterMs: draw.exponential(undisturbed.ms * MEAN_LIFE) },
  });
  const some = async (): Promise<void> => {
    while (killed(tally.attempts).length < wanted) tally.attempts.push(...(await finish(disturb, undisturbed, tally)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

const killed = (attempts: readonly AttemptSeen[], by?: Kill['signal']): AttemptSeen[] =>
  attempts.filter(({ killedBy }) => killedBy !== undefined && (by === undefined || killedBy === by));

async function together(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const queue = jobs.values();
  const some = async (): Promise<void> => {
    for (const job of queue) await job();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, some));
}

const equal = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean =>
  one.size === other.size && [...one].every(([key, hash]) => other.get(key) === hash);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Young: who loses the machine without notice loses half an interval between two checkpoints on average. Here an interval is a window, as these
 * very workers rendered it, and intervals differ, on a busy machine more so: a moment falls into a long one more often, so the half is that of
 * the interval met, sum of squares over sum. Lost is the time from the last commit to the death. Starting again is told apart: no checkpoint
 * saves it.
 */
function judged(tallies: readonly Tally[], leastKills: number): Benchmark {
  const attempts = tallies.flatMap((tally) => tally.attempts);
  const total = sum(attempts.map(({ ms }) => ms));
  const lost = (by: Kill['signal']): number => sum(killed(attempts, by).map(({ unsavedMs }) => unsavedMs));
  const predicted = sum(
    tallies.map((tally) => {
      const windows = tally.attempts.flatMap(({ windowsMs }) => windowsMs);
      const met = sum(windows.map((ms) => ms * ms)) / Math.max(1, sum(windows));
      const atWork = killed(tally.attempts, 'SIGKILL').filter(({ unsavedMs }) => unsavedMs > 0).length;
      return (atWork * met) / 2;
    }),
  );
  const again =
    sum(attempts.map(({ startMs }) => startMs)) -
    sum(tallies.map(({ renders, crashes, attempts: its }) => meanStart(its) * (renders - crashes)));
  return {
    figures: {
      kills: killed(attempts).length,
      crashPoints: sum(tallies.map(({ crashes }) => crashes)),
      renders: sum(tallies.map(({ renders }) => renders)),
      components: tallies.length,
      different: sum(tallies.map(({ different }) => different)),
      committedTwice: sum(tallies.map(({ committedTwice }) => committedTwice)),
      lostShare: rounded(lost('SIGKILL') / total),
      predictedLostShare: rounded(predicted / total),
      lostToPredicted: rounded(lost('SIGKILL') / predicted),
      lostShareWithNotice: rounded(lost('SIGTERM') / total),
      startingAgainShare: rounded(again / total),
    },
    goals: {
      kills: { atLeast: leastKills },
      different: { atMost: 0 },
      committedTwice: { atMost: 0 },
      // Young's formula is an average over moments; more than a quarter above it means that more than the window was lost.
      lostToPredicted: { atMost: 1.25 },
    },
  };
}

/** Of attempts that came as far as their first window. */
function meanStart(attempts: readonly AttemptSeen[]): number {
  const started = attempts.filter(({ startMs, ms }) => startMs < ms).map(({ startMs }) => startMs);
  return sum(started) / Math.max(1, started.length);
}
