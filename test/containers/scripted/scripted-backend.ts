import { setTimeout as sleep } from 'node:timers/promises';
import { Component } from '#contracts/component';
import { killOurselves } from '../../../containers/harness/crash-points.ts';
import { capabilitiesOf, type MotionBackend } from '../../../containers/harness/motion-backend.ts';
import { checkRequest } from '../../../containers/harness/request-check.ts';
import manifest from './component.json' with { type: 'json' };
import type { Fault } from './faults.ts';
import { checkpointOf, contextOf, denoised, type Latents, noise, painted, resumed } from './toy-denoiser.ts';

export interface Script {
  readonly fault?: Fault | undefined;
  /** Steps of denoising before the frames come out, as of a diffusion model. */
  readonly steps?: number;
  readonly stepMs?: number;
}

/** A `slow` step takes this much longer: noticeable, and still far from a stall. */
const SLOW_MS = 300;

interface Running {
  /** Answered at the end of the step that runs. */
  wanted: ((state: Uint8Array | undefined) => void)[];
}

/** A working component whose failures are written in a script. What it draws depends on seed, context, steps and frame alone. */
export function scriptedBackend({ fault, steps = 8, stepMs = 0 }: Script = {}): MotionBackend {
  const capabilities = capabilitiesOf(Component.parse(manifest));
  let moment = 0;
  let running: Running | undefined;
  const now = (kind: Fault['kind']): boolean => fault?.kind === kind && moment === fault.at;

  /** What happens at every step and every frame. */
  const pass = async (interruption: AbortSignal): Promise<void> => {
    if (now('stall')) await new Promise((never) => interruption.addEventListener('abort', never));
    if (now('out-of-memory')) throw new Error('CUDA out of memory. Tried to allocate 2.00 GiB');
    if (now('dies')) await killOurselves();
    await sleep(stepMs + (now('slow') ? SLOW_MS : 0), undefined, { signal: interruption });
    moment += 1;
  };

  return {
    capabilities,
    load: async () => {},
    async generate(request, sink, interruption) {
      checkRequest('scripted', capabilities, request);
      const { window, plate, context, resume } = request;
      const me: Running = { wanted: [] };
      running = me;
      const answer = (state: Uint8Array | undefined): void => {
        for (const tell of me.wanted.splice(0)) tell(state);
      };
      try {
        let latents: Latents = resume ? resumed(resume, steps) : noise(window.seed, context);
        while (latents.step < steps) {
          await pass(interruption);
          latents = denoised(latents);
          answer(checkpointOf(latents));
        }
        const count = window.end - window.start + (fault?.kind === 'frame-over' ? 1 : 0) - (fault?.kind === 'frame-short' ? 1 : 0);
        for (let n = 0; n < count; n++) {
          const shape = now('wrong-shape') ? { ...plate, height: plate.height + 2 } : plate;
          const frame = painted(latents, n, shape);
          if (fault?.kind === 'nan') frame.fill(Number.NaN); // as pixels these are 0: black
          await pass(interruption);
          answer(checkpointOf(latents));
          await sink(frame);
        }
        return { context: contextOf(latents) };
      } finally {
        answer(undefined);
        if (running === me) running = undefined;
      }
    },
    async checkpoint(deadlineMs) {
      const asked = running;
      if (!asked) return undefined;
      const late = AbortSignal.timeout(deadlineMs);
      return new Promise((resolve) => {
        asked.wanted.push(resolve);
        late.addEventListener('abort', () => resolve(undefined));
      });
    },
    close: async () => {},
  };
}
