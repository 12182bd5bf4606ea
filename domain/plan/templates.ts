import type * as z from 'zod';
import type { Brief, TemplateId } from '#contracts/brief';
import type { Motif } from '#contracts/plan';
import type { Speed } from './lexicon.ts';

export interface Template {
  /** Said after the storyboard's own words, to every model the same way. */
  readonly style: readonly string[];
  /** Motifs for shots whose words name none, in turn. */
  readonly motifs: readonly [Motif, ...Motif[]];
  /** How fast things move in shots whose words do not say. */
  readonly speed: Speed;
  /** Pins what renders, unless the brief pins something else. */
  readonly components?: Brief['components'];
}

/** Templates are data: a new one is a new row here and a new id in contracts/brief.ts. */
export const templates: Readonly<Record<z.infer<typeof TemplateId>, Template>> = {
  'product-hero': {
    style: ['product backdrop', 'soft studio light', 'shallow depth of field', 'cinematic', 'no text', 'no people'],
    motifs: ['bokeh', 'light-sweep', 'waves', 'rays', 'ripples', 'aurora', 'dust', 'gradient'],
    speed: 'medium',
  },
  'low-risk-loop': {
    style: ['abstract backdrop', 'slow motion', 'even light', 'minimal', 'no text', 'no people'],
    motifs: ['gradient', 'waves', 'bokeh', 'dust'],
    speed: 'slow',
  },
};
