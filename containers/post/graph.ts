import { type AudioBed, fadeSeconds } from '#domain/post/audio-bed';
import type { Grade } from '#domain/post/grade';
import type { Box } from '#domain/post/layout';
import type { Size } from '#domain/post/rendered-size';
import { cornerExpressions, type MovingShot, type Stretch, shown } from './expressions.ts';

/** A raw RGBA file that ffmpeg reads as one input; `x` and `y` are where it lies in the frame and may be negative. */
export interface Layer extends Box {
  readonly file: string;
}

export interface ProductLayer extends Layer {
  readonly shots: readonly MovingShot[];
  /** The product's box in the frame. */
  readonly box: Box;
}

export interface CaptionLayer extends Layer {
  /** Pictures in the file with the frame of the clip each one appears at; the first lies at 0, the last ends the clip. */
  readonly appears: readonly number[];
  /** When words are to be seen. */
  readonly stretches: readonly Stretch[];
}

export interface Composite {
  readonly plate: Size;
  readonly size: Size;
  readonly fps: number;
  readonly frames: number;
  readonly grade: Grade;
  readonly bed: AudioBed;
  readonly dressing: Layer;
  readonly products: readonly ProductLayer[];
  readonly captions: readonly CaptionLayer[];
}

/** Seconds a caption takes to come and to go; a shot shorter than six of them fades over a sixth of itself. */
const CAPTION_FADE = 0.35;

/** Layers from the bottom to the top, which is also the order they are inputs of the encoder in, after the plate. */
export const layersOf = ({ dressing, products, captions }: Composite): readonly Layer[] => [...captions, dressing, ...products];

/**
 * The whole composite as one ffmpeg filter graph. Input 0 is the plate; the layers follow in the order of `layersOf`: the words'
 * shade lies under the logo and under the product, and a layout keeps the words themselves off both. Ends in [video] and [audio].
 */
export function filterGraph(composite: Composite): string {
  const { size, dressing, products, captions, fps, frames } = composite;
  const chains = [plateChain(composite)];
  let input = 0;
  const lay = (layer: Layer, chain: (input: number) => string, when?: string): void => {
    input++;
    chains.push(chain(input), `[v${input - 1}][l${input}]${overlay(layer, when)}[v${input}]`);
  };
  for (const caption of captions) lay(caption, (at) => captionChain(caption, at, fps), shown(caption.stretches, fps));
  lay(dressing, (at) => still(at, `l${at}`, fps));
  for (const product of products) lay(product, (at) => productChain(product, at, fps), shown(product.shots, fps));
  chains.push(`[v${input}]crop=${size.width}:${size.height}:0:0,format=yuv420p[video]`);
  chains.push(audioChain(composite.bed, frames / fps));
  return chains.join(';\n');
}

/** Plates are BT.709 in video range. They are graded at their own size, where a frame has fewer bytes, then enlarged to fill the frame. */
function plateChain({ plate, size, grade }: Composite): string {
  const scale = Math.max(size.width / plate.width, size.height / plate.height);
  const even = (side: number): number => Math.ceil((side * scale) / 2 - 1e-6) * 2;
  return [
    '[0:v]setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709',
    gradeFilter(grade),
    `scale=${Math.max(size.width, even(plate.width))}:${Math.max(size.height, even(plate.height))}:flags=bicubic+accurate_rnd+bitexact`,
    `crop=${size.width}:${size.height},setsar=1[v0]`,
  ].join(',');
}

/** The formulas of domain/post/grade.ts as look-up tables. */
function gradeFilter({ curve, saturation, shift }: Grade): string {
  const v = 'clip((val-16)/219,0,1)';
  const chroma = (by: number): string => `clip(128+(val-128)*${saturation}+${by},16,240)`;
  return `lutyuv=y='16+219*(${1 - curve}*${v}+${curve}*${v}*${v}*(3-2*${v}))':u='${chroma(shift.u)}':v='${chroma(shift.v)}'`;
}

/** RGBA to the encoder's colours, once: what follows repeats the converted frame. */
const converted = 'scale=in_range=pc:out_range=tv:out_color_matrix=bt709:flags=bicubic+accurate_rnd+bitexact,format=yuva420p';

const still = (input: number, name: string, fps: number): string => `[${input}:v]${converted},loop=loop=-1:size=1,fps=${fps}[${name}]`;

function productChain({ width, height, box, shots }: ProductLayer, input: number, fps: number): string {
  const { left, right, top, bottom } = cornerExpressions(shots, { width, height }, box, fps);
  const corners = `x0='${left}':y0='${top}':x1='${right}':y1='${top}':x2='${left}':y2='${bottom}':x3='${right}':y3='${bottom}'`;
  return `${still(input, `s${input}`, fps)};\n[s${input}]perspective=${corners}:eval=frame:interpolation=cubic:enable='${shown(shots, fps)}'[l${input}]`;
}

/** One picture per caption, shown from its frame on; both fades work on the alpha plane only. */
function captionChain({ appears, stretches }: CaptionLayer, input: number, fps: number): string {
  const times = appears.map((frame, index) => `eq(N,${index})*${frame}`).join('+');
  const fades = stretches.flatMap(({ start, frames }) => {
    const length = Math.min(CAPTION_FADE, frames / fps / 6);
    const [from, to] = [start / fps, (start + frames) / fps];
    const fade = (type: 'in' | 'out', at: number): string =>
      `fade=t=${type}:alpha=1:st=${seconds(at)}:d=${seconds(length)}:enable='between(t,${seconds(at - 0.5 / fps)},${seconds(at + length + 0.5 / fps)})'`;
    return [fade('in', from), fade('out', to - length)];
  });
  return `[${input}:v]${converted},setpts='(${times})/${fps}/TB',fps=${fps},${fades.join(',')}[l${input}]`;
}

const overlay = ({ x, y }: { x: number; y: number }, when?: string): string =>
  `overlay=${x}:${y}:eval=init:format=yuv420:shortest=0:eof_action=repeat${when === undefined ? '' : `:enable='${when}'`}`;

/** Two ears hear the same chords a hair apart (0.15 %, under three cents), which is what makes a pad wide. */
const EARS = [0.9985, 1.0015] as const;

export function audioChain({ chords, chordSeconds, gainDb }: AudioBed, clipSeconds: number): string {
  const chains: string[] = [];
  const period = chordSeconds * chords.length;
  for (const [ear, tuning] of EARS.entries()) {
    const mixed = chords.map((notes, chord) => {
      const voices = notes.map((note, index) => {
        const name = `n${ear}_${chord}_${index}`;
        chains.push(
          `sine=f=${seconds(note * tuning)}:r=48000:d=${seconds(clipSeconds + 1)},volume=${seconds(1 / (1 + index * 0.35))}[${name}]`,
        );
        return `[${name}]`;
      });
      const name = `c${ear}_${chord}`;
      const swell = `0.5+0.5*cos(2*PI*(t/${period}-${seconds(chord / chords.length)}))`;
      chains.push(`${voices.join('')}amix=inputs=${voices.length}:normalize=0,volume=volume='${swell}':eval=frame[${name}]`);
      return `[${name}]`;
    });
    const mix = mixed.length > 1 ? `${mixed.join('')}amix=inputs=${mixed.length}:normalize=0` : `${mixed.join('')}anull`;
    chains.push(`${mix},lowpass=f=900:p=1[e${ear}]`);
  }
  const fade = fadeSeconds(clipSeconds);
  const finish = [
    'join=inputs=2:channel_layout=stereo',
    'aecho=0.8:0.6:190|410:0.22|0.14',
    `volume=${gainDb}dB`,
    `atrim=end=${seconds(clipSeconds)}`,
    `afade=t=in:d=${seconds(fade)}`,
    `afade=t=out:st=${seconds(clipSeconds - fade)}:d=${seconds(fade)}`,
    'aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo',
  ].join(',');
  return [...chains, `[e0][e1]${finish}[audio]`].join(';\n');
}

const seconds = (value: number): string => String(Number(value.toFixed(6)));
