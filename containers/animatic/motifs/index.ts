import type { Motif } from '#contracts/plan';
import type { MakePainter } from '../motif.ts';
import { aurora } from './aurora.ts';
import { bokeh } from './bokeh.ts';
import { dust } from './dust.ts';
import { gradient } from './gradient.ts';
import { lightSweep } from './light-sweep.ts';
import { rays } from './rays.ts';
import { ripples } from './ripples.ts';
import { waves } from './waves.ts';

export const painters: Readonly<Record<Motif, MakePainter>> = {
  gradient,
  bokeh,
  'light-sweep': lightSweep,
  waves,
  dust,
  rays,
  ripples,
  aurora,
  // Kin: these are drawn by the painter whose light moves most like theirs. The animatic is a draft and does not claim otherwise.
  confetti: bokeh,
  snow: dust,
  smoke: dust,
  stripes: lightSweep,
};
