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
 * shade lies under the logo and under the product, and a layout keeps the words themselves off both. Ends in [video] and in nothing
 * else: still layers repeat without end, and ffmpeg leaves a graph only when all of its outputs have what they want.
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
  chains.push(`[v${input}]crop=${size.width}:${size.height}:0:0,format=yuv420p,trim=end_frame=${frames}[video]`);
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

const seconds = (value: number): string => String(Number(value.toFixed(6)));
