import type { Corpus } from './corpus.ts';
import { HARMFUL_CORPORA } from './harmful-corpora.ts';
import { HARMLESS_CORPORA } from './harmless-corpora.ts';
import { VIDEO_CORPORA } from './video-corpora.ts';

/** Each with the licence that its repository states. What permits no use is counted and never learned from. */
export const CORPORA: readonly Corpus[] = [...HARMFUL_CORPORA, ...VIDEO_CORPORA, ...HARMLESS_CORPORA];
