/** What a component can do to its worker. */
export const FAULTS = ['stall', 'out-of-memory', 'wrong-shape', 'nan', 'slow', 'dies', 'frame-short', 'frame-over'] as const;

/** `<fault>` or `<fault>@<n>`: at the n-th step or frame of the run, counted over its windows; with `:always` in every attempt. */
export interface Fault {
  readonly kind: (typeof FAULTS)[number];
  readonly at: number;
}

const SCRIPT = new RegExp(`^(${FAULTS.join('|')})(?:@(\\d+))?(:always)?$`);

export function faultIn(script: string | undefined, attempt: number): Fault | undefined {
  if (!script) return undefined;
  const [, word, at = '0', always] = SCRIPT.exec(script) ?? [];
  const kind = FAULTS.find((fault) => fault === word);
  if (!kind) throw new RangeError(`expected <fault>[@n][:always] with a fault of ${FAULTS.join(', ')}, found ${script}`);
  return attempt === 1 || always ? { kind, at: Number(at) } : undefined;
}
