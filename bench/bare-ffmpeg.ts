import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keys } from '#contracts/keys';
import type { PlanDocument } from '#contracts/plan';
import { travelOf } from '#domain/post/motion';
import { joints } from '#domain/post/overlap-add';
import type { CaptionLayer, Composite, Layer, ProductLayer } from '../containers/post/graph.ts';
import { FFMPEG } from './sample-render.ts';

const execute = promisify(execFile);

/**
 * The same clip as one bare ffmpeg command, written the way somebody who knows the filters would write it by hand for this plan:
 * every shot is a chain of its own (windows joined with xfade, grade, enlarge, layers), and the chains are concatenated. It is
 * given the finished layers as files, no process of ours runs beside it, and no frame leaves it.
 */
export async function bareFfmpeg(
  plan: PlanDocument,
  composite: Composite,
  storeFolder: string,
  target: string,
  encoding: readonly string[],
) {
  const inputs: string[] = [];
  const add = (...options: string[]): number => {
    inputs.push(...options);
    return inputs.filter((option) => option === '-i').length - 1;
  };
  const picture = ({ file, width, height }: Layer): number =>
    add('-f', 'rawvideo', '-pixel_format', 'rgba', '-video_size', `${width}x${height}`, '-framerate', String(plan.fps), '-i', file);

  const { width, height } = composite.size;
  const { curve, saturation, shift } = composite.grade;
  const chains: string[] = [];
  const joined: string[] = [];
  const dressing = picture(composite.dressing);
  const yuva = 'scale=in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuva420p,loop=-1:1';
  chains.push(`[${dressing}:v]${yuva},fps=${plan.fps},split=${plan.shots.length}${plan.shots.map((shot) => `[d${shot.index}]`).join('')}`);

  for (const shot of plan.shots) {
    const name = shot.index;
    const parts = joints(shot.windows, plan.overlapFrames, shot.frames);
    let last = '';
    for (const [index, part] of parts.entries()) {
      const window = shot.windows[index]!;
      const at = add('-f', 'nut', '-i', join(storeFolder, keys.window(plan, shot, window)));
      chains.push(`[${at}:v]trim=end_frame=${part.read},settb=1/${plan.fps},setpts=N[w${name}_${index}]`);
      const blend = `xfade=duration=${part.ramp / plan.fps}:offset=${part.start / plan.fps}`;
      if (index > 0) chains.push(`${last}[w${name}_${index}]${blend}[x${name}_${index}]`);
      last = index > 0 ? `[x${name}_${index}]` : `[w${name}_0]`;
    }
    const v = 'clip((val-16)/219,0,1)';
    const luma = `16+219*(${1 - curve}*${v}+${curve}*${v}*${v}*(3-2*${v}))`;
    const chroma = (by: number) => `128+(val-128)*${saturation}+${by}`;
    chains.push(
      `${last}setparams=range=tv:colorspace=bt709,lutyuv=y='${luma}':u='${chroma(shift.u)}':v='${chroma(shift.v)}',scale=${width}:${height}:flags=bicubic[p${name}]`,
    );
    chains.push(...layered(plan, shot, composite, picture));
    joined.push(`[o${name}]`);
  }
  chains.push(`${joined.join('')}concat=n=${plan.shots.length},format=yuv420p[video]`);
  chains.push(soundOf(plan.frames / plan.fps));
  await execute(FFMPEG, [
    ...[
      '-nostdin',
      '-hide_banner',
      '-v',
      'error',
      '-y',
      ...inputs,
      '-filter_complex',
      chains.join(';'),
      '-map',
      '[video]',
      '-map',
      '[audio]',
    ],
    ...encoding,
    target,
  ]);
}

/** Caption, dressing and product over the plate of one shot; time starts at the shot. */
function layered(
  plan: PlanDocument,
  shot: PlanDocument['shots'][number],
  composite: Composite,
  picture: (layer: Layer) => number,
): string[] {
  const name = shot.index;
  const seconds = shot.frames / plan.fps;
  const chains: string[] = [];
  let below = `[p${name}]`;
  const caption = composite.captions.find((layer) => layer.stretches.some((stretch) => stretch.start === shot.start));
  if (caption) {
    chains.push(
      captionOf(caption, shot.start, name, seconds, plan.fps, picture),
      `${below}[c${name}]overlay=${caption.x}:${caption.y}[q${name}]`,
    );
    below = `[q${name}]`;
  }
  chains.push(`${below}[d${name}]overlay=0:0:shortest=1[r${name}]`);
  const product = composite.products.find((layer) => layer.shots.some(({ start }) => start === shot.start))!;
  chains.push(productOf(product, shot, plan.fps, picture), `[r${name}][m${name}]overlay=${product.x}:${product.y}:shortest=1[o${name}]`);
  return chains;
}

function captionOf(
  layer: CaptionLayer,
  start: number,
  name: number,
  seconds: number,
  fps: number,
  picture: (layer: Layer) => number,
): string {
  const nth = layer.stretches.findIndex((stretch) => stretch.start === start) + 1; // the first picture of the file is a placeholder
  const fades = `fade=t=in:alpha=1:d=0.35,fade=t=out:alpha=1:st=${seconds - 0.35}:d=0.35`;
  return `[${picture(layer)}:v]trim=start_frame=${nth}:end_frame=${nth + 1},setpts=0,scale=in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuva420p,loop=-1:1,fps=${fps},trim=duration=${seconds},${fades}[c${name}]`;
}

function productOf(layer: ProductLayer, shot: PlanDocument['shots'][number], fps: number, picture: (layer: Layer) => number): string {
  const { inverse, shiftX, shiftY } = travelOf(shot.camera);
  const along = ([from, to]: readonly [number, number], unit: number) =>
    `(${from * unit}+${((to - from) * unit) / Math.max(1, shot.frames - 1)}*(on-1))`;
  const k = `(${along(inverse, 1)}+0.06*exp((1-on)/${0.3 * fps}))`;
  const x = along(shiftX, layer.box.width);
  const y = along(shiftY, layer.box.height);
  const [left, right] = [`W/2-${k}*(W/2+${x})`, `W/2+${k}*(W/2-${x})`];
  const [top, bottom] = [`H/2-${k}*(H/2+${y})`, `H/2+${k}*(H/2-${y})`];
  const corners = `${left}:${top}:${right}:${top}:${left}:${bottom}:${right}:${bottom}`;
  return `[${picture(layer)}:v]scale=in_range=pc:out_range=tv:out_color_matrix=bt709,format=yuva420p,loop=-1:1,fps=${fps},trim=end_frame=${shot.frames},perspective=${corners}:cubic:eval=frame[m${shot.index}]`;
}

/** Two chords, in hertz. */
const NOTES = [87.31, 174.61, 261.63, 329.63, 392, 110, 164.81, 261.63, 329.63, 196];

/** A bed of chords as filters make one; about a third of a second of CPU, which is what our bed takes. */
function soundOf(seconds: number): string {
  const voices = NOTES.map((note, index) => `sine=f=${note}:r=48000:d=${seconds}[s${index}]`);
  const mix = NOTES.map((_, index) => `[s${index}]`).join('');
  return `${voices.join(';')};${mix}amix=inputs=${NOTES.length},lowpass=f=900,aecho=0.8:0.6:190|410:0.22|0.14,atrim=end=${seconds},aformat=channel_layouts=stereo[audio]`;
}
