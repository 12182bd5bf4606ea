import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MotionBackend } from '../harness/motion-backend.ts';
import { platePainter } from './plate-painter.ts';

/** Draws moving light from palette and storyboard: no model, no claim of AI. */
export const animaticBackend = (): MotionBackend => ({
  async generate({ shot, window, plate, fps }, sink, interruption) {
    const { frame, paint } = platePainter(shot, plate, fps);
    for (let n = window.start; n < window.end; n++) {
      await nextTurn(undefined, { signal: interruption }); // lets a SIGTERM in between two frames, and leaves with an AbortError after one
      paint(n);
      await sink(frame);
    }
  },
  close: async () => {},
});
