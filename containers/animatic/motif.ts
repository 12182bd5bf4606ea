import type { View } from './camera.ts';
import type { Field } from './field.ts';

/** Draws one moment: fills base, accent and light of every cell. Depends on nothing but its arguments. */
export type Painter = (field: Field, seconds: number, view: View) => void;

/** A motif, made once for a shot: everything random is drawn from the seed here. */
export type MakePainter = (seed: number) => Painter;
