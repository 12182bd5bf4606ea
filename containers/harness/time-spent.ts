/** Milliseconds since this attempt's process began, by what they were worth. What is in neither is worth nothing if the attempt is taken away now. */
export interface Worth {
  /** Led to something that stands: a committed window, a kept checkpoint. */
  readonly usefulMs: number;
  /** Had been done before: starting again, loading again, a window that another worker committed first. */
  readonly repeatedMs: number;
}

export interface TimeSpent {
  /** The time since the last mark led to something that stands. */
  useful(): void;
  /** The time since the last mark had been spent before. */
  repeated(): void;
  worth(): Worth;
}

/** `elapsed`: milliseconds since the process began. Starting is useful once; an attempt after the first repeats it. */
export function timeSpent(elapsed: () => number): TimeSpent {
  let marked = 0;
  const worth = { usefulMs: 0, repeatedMs: 0 };
  const add = (kind: keyof Worth): void => {
    const now = Math.round(elapsed());
    worth[kind] += now - marked;
    marked = now;
  };
  return { useful: () => add('usefulMs'), repeated: () => add('repeatedMs'), worth: () => ({ ...worth }) };
}
