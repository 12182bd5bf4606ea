import { contractViolated } from '#domain/errors';

/** A place where a worker may be asked to die, for tests and drills. */
export type CrashPoint = `${string}:${string}`;

/**
 * The places of a worker that makes motion, in the order in which it passes them. `window:context` is passed by components that continue
 * windows, `window:checkpoint` when the machine is taken away from one that can save its state inside a window.
 */
export const MOTION_CRASH_POINTS = [
  'worker:start',
  'worker:load',
  'window:claim',
  'window:generate',
  'window:validate',
  'window:upload',
  'window:context',
  'window:commit',
  'window:checkpoint',
] as const satisfies readonly CrashPoint[];

export interface CrashPoints {
  /** Runs the work; dies right before or right after it when the setting says so. */
  around<T>(point: CrashPoint, work: () => Promise<T>): Promise<T>;
}

const SETTING = /^([a-z]+:[a-z]+):(before|after)(:always)?$/;

/**
 * Reads `<point>:before|after`, with `:always` for every attempt. Without it only the first attempt dies, so that the next
 * one shows the recovery. No setting means that nothing ever dies here.
 */
export function crashPoints(setting: string | undefined, attempt: number, die: () => Promise<never>): CrashPoints {
  if (setting === undefined || setting === '') return { around: (_, work) => work() };
  const [, point, side, always] = SETTING.exec(setting) ?? [];
  if (point === undefined)
    throw contractViolated(
      'FRAMEWRIGHT_CRASH_AT',
      `expected <point>:before or <point>:after, with :always if every attempt dies, found ${setting}`,
    );
  const armed = always !== undefined || attempt === 1;
  return {
    async around(here, work) {
      const dies = armed && here === point;
      if (dies && side === 'before') await die();
      const result = await work();
      if (dies && side === 'after') await die();
      return result;
    },
  };
}

/** Dies as a machine dies: no handlers, no flushing, no exit code of our own (128 + 9 is what Batch sees). */
export async function killOurselves(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => {});
}
