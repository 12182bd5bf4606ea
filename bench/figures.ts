/** What a benchmark says: figures, the goals set for some of them, and whether all goals hold. */
export interface Benchmark {
  readonly figures: Readonly<Record<string, number | string>>;
  /** Limits by the name of the figure. */
  readonly goals: Readonly<Record<string, { readonly atMost: number } | { readonly atLeast: number }>>;
}

export const holds = ({ figures, goals }: Benchmark): boolean =>
  Object.entries(goals).every(([name, goal]) => {
    const figure = figures[name];
    if (typeof figure !== 'number')
      throw new RangeError(`expected a figure for the goal ${name}, found ${Object.keys(figures).join(', ')}`);
    return 'atMost' in goal ? figure <= goal.atMost : figure >= goal.atLeast;
  });

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('expected at least one value, found none');
  return (low + high) / 2;
}

export const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));
