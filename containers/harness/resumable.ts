/** What is done survives the process: it is asked about and marked outside it. */
export interface Progress<Unit, Result> {
  done(unit: Unit): Promise<boolean>;
  mark(unit: Unit, result: Result): Promise<void>;
}

export type Outcome = 'finished' | 'interrupted';

/**
 * Renders the units that are not done yet, in order. When asked to stop, a unit that is being rendered is abandoned (if the
 * renderer listens to the signal) and a rendered one is still marked, so no finished work is lost. Each unit is asked about
 * just before its turn: what another worker finished meanwhile is not rendered again.
 */
export async function resumable<Unit, Result>(
  units: readonly Unit[],
  progress: Progress<Unit, Result>,
  render: (unit: Unit) => Promise<Result>,
  interruption: AbortSignal,
): Promise<Outcome> {
  for (const unit of units) {
    if (interruption.aborted) return 'interrupted';
    if (await progress.done(unit)) continue;
    try {
      await progress.mark(unit, await render(unit));
    } catch (error) {
      if (interruption.aborted && error instanceof Error && error.name === 'AbortError') return 'interrupted';
      throw error;
    }
  }
  return 'finished';
}
