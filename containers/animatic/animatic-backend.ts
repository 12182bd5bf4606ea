import { setImmediate as nextTurn } from 'node:timers/promises';
import { Component } from '#contracts/component';
import { capabilitiesOf, type MotionBackend } from '../harness/motion-backend.ts';
import { checkRequest } from '../harness/request-check.ts';
import manifest from './component.json' with { type: 'json' };
import { platePainter } from './plate-painter.ts';

const capabilities = capabilitiesOf(Component.parse(manifest));

/** Draws moving light from palette and storyboard: no model, no claim of AI. */
export const animaticBackend = (): MotionBackend => ({
  capabilities,
  load: async () => {}, // it has no weights
  async generate(request, sink, interruption) {
    checkRequest('animatic', capabilities, request);
    const { shot, window, plate, fps } = request;
    const { frame, paint } = platePainter(shot, plate, fps);
    for (let n = window.start; n < window.end; n++) {
      await nextTurn(undefined, { signal: interruption }); // lets a SIGTERM in between two frames, and leaves with an AbortError after one
      paint(n);
      await sink(frame);
    }
    return {};
  },
  checkpoint: async () => undefined, // a window takes a fraction of a second: nothing inside it is worth keeping
  close: async () => {},
});
