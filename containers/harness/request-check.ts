import { contractViolated } from '#domain/errors';
import type { MotionCapabilities, WindowRequest } from './motion-backend.ts';

/**
 * Refuses what a component never said it could do. Every backend asks this first, so that a planner's mistake is named as one and is not
 * rendered into something that looks almost right.
 */
export function checkRequest(where: string, can: MotionCapabilities, { window, plate, context, resume }: WindowRequest): void {
  const refuse = (expected: string, found: unknown): never => {
    throw contractViolated(where, `expected ${expected}, found ${found}`);
  };
  const frames = window.end - window.start;
  const { min, max } = can.windowFrames;
  if (frames < min || frames > max) refuse(`a window of ${min} to ${max} frames`, frames);
  if ((frames - 1) % can.frameQuantum !== 0) refuse(`a window of 1 + k * ${can.frameQuantum} frames`, frames);
  if (plate.width % can.sizeMultiple !== 0 || plate.height % can.sizeMultiple !== 0)
    refuse(`a plate whose sides are multiples of ${can.sizeMultiple}`, `${plate.width}x${plate.height}`);
  if (context && can.continues === 'none') refuse('no context, since its windows continue nothing', `${context.byteLength} bytes`);
  if (resume && can.checkpointUnit !== 'step') refuse('no checkpoint inside a window', `${resume.byteLength} bytes`);
}
