import { Component } from '#contracts/component';
import type { MotionBackend } from '../../../containers/harness/motion-backend.ts';
import manifest from '../scripted/component.json' with { type: 'json' };

/** The scripted component, which continues windows and keeps checkpoints inside them. */
export const toy = Component.parse(manifest);

/** Runs `act` when the n-th frame is about to be taken, counted from 0 over all windows. */
export function atFrame(n: number, backend: MotionBackend, act: () => void): MotionBackend {
  let frames = 0;
  return {
    ...backend,
    generate: (request, sink, interruption) =>
      backend.generate(
        request,
        async (frame) => {
          if (frames++ === n) act();
          await sink(frame);
        },
        interruption,
      ),
  };
}

/** Objects of a store but the checkpoints, which may be there or not once every window is committed. */
export const rendered = (content: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(content).filter(([key]) => !key.endsWith('.checkpoint')));
