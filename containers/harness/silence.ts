/** A component said nothing for longer than its manifest calls work. Another attempt may well go through, so Batch may try again. */
export class ComponentStalled extends Error {
  override readonly name = 'Component.Stalled';
}

export interface Silence {
  /** Something was heard: the clock starts again. */
  heard(): void;
  /** Never resolves; rejects when nothing was heard for the whole limit. */
  readonly broken: Promise<never>;
  end(): void;
}

/** Listens to a component. Nothing is heard while a component blocks this thread: then only Batch's limit for the attempt ends it. */
export function listen(where: string, limitSeconds: number): Silence {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  broken.catch(() => {}); // whoever waited may be gone when it comes
  const timer = setTimeout(
    () => reject(new ComponentStalled(`${where}: expected a frame within ${limitSeconds} s of the one before, found none`)),
    limitSeconds * 1_000,
  );
  return { heard: () => void timer.refresh(), broken, end: () => clearTimeout(timer) };
}
