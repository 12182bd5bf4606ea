import type { CameraMove } from '#contracts/brief';
import { cosine, sine, smoothstep } from '../pixels/exact-math.ts';

/** Where the camera looks from: scene = rotate(picture) / zoom + offset. The short side of the picture is 1, its centre 0. */
export interface View {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
  readonly cos: number;
  readonly sin: number;
}

/** How far a move goes in a whole shot: enough to feel, too little to notice as travel. Shares of the short side, or of a turn. */
const PUSH = 0.22;
const PAN = 0.26;
const TURN = 0.035;

/** The view at `progress` (0..1) of the shot; eased at both ends, so that cuts land on a resting camera. */
export function viewAt(camera: CameraMove, progress: number): View {
  const eased = 0.5 * progress + 0.5 * smoothstep(0, 1, progress);
  const travel = eased - 0.5; // the move passes the composed picture in the middle of the shot
  const still = { zoom: 1, x: 0, y: 0, cos: 1, sin: 0 };
  switch (camera) {
    case 'static':
      return still;
    case 'push-in':
      return { ...still, zoom: 1 + PUSH * eased };
    case 'pull-out':
      return { ...still, zoom: 1 + PUSH * (1 - eased) };
    case 'pan-left':
      return { ...still, x: -PAN * travel };
    case 'pan-right':
      return { ...still, x: PAN * travel };
    case 'tilt-up':
      return { ...still, y: -PAN * travel };
    case 'tilt-down':
      return { ...still, y: PAN * travel };
    case 'orbit':
      return { zoom: 1.04, x: (PAN / 2) * travel, y: 0, cos: cosine(TURN * travel), sin: sine(TURN * travel) };
  }
}
