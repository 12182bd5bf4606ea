import { fadeSeconds } from '#domain/post/music/mastering';
import type { Note } from '#domain/post/music/notes';
import { type VoiceSound, voices } from './voices.ts';

export const SAMPLE_RATE = 48_000;
/** Half a second: what is written at a time, and the memory of a note that sounds. */
const BLOCK = SAMPLE_RATE / 2;

/** Two ears; the buffers are used again for the next block. */
export interface Block {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/**
 * Plays the notes, block by block: memory holds the notes that sound now, however long the clip is. Sines are turned by complex
 * multiplication, so the same notes are the same samples.
 */
export function* synthesize(notes: readonly Note[], seconds: number): Generator<Block> {
  const total = Math.round(seconds * SAMPLE_RATE);
  const waiting = notes.toSorted((one, other) => one.at - other.at);
  const block = { left: new Float64Array(BLOCK), right: new Float64Array(BLOCK) };
  const room = echo();
  const fade = Math.round(fadeSeconds(seconds) * SAMPLE_RATE);
  let sounding: Player[] = [];
  let next = 0;
  for (let from = 0; from < total; from += BLOCK) {
    block.left.fill(0);
    block.right.fill(0);
    for (; next < waiting.length && Math.round(waiting[next]!.at * SAMPLE_RATE) < from + BLOCK; next++)
      sounding.push(player(waiting[next]!));
    sounding = sounding.filter((play) => play(block, from));
    room(block);
    fadeEnds(block, from, total, fade);
    const length = Math.min(BLOCK, total - from);
    yield length === BLOCK ? block : { left: block.left.subarray(0, length), right: block.right.subarray(0, length) };
  }
}

/** Adds its note to a block that begins at sample `from`; false once it is silent for good. */
type Player = (block: Block, from: number) => boolean;

function player({ voice, at, seconds, hertz, level, pan }: Note): Player {
  const sound = voices[voice];
  const start = Math.round(at * SAMPLE_RATE);
  const envelope = envelopeOf(sound, Math.round(seconds * SAMPLE_RATE));
  const gains = new Float64Array(BLOCK);
  const partials = sound.partials.map((partial) => {
    const turn = (2 * Math.PI * hertz * partial.ratio) / SAMPLE_RATE;
    const gain = level * sound.level * partial.level;
    return {
      left: sine(turn * (1 - sound.detune)),
      right: sine(turn * (1 + sound.detune)),
      // Equal power: a note is as loud on one side as in the middle.
      leftGain: gain * Math.sqrt((1 - pan) / 2),
      rightGain: gain * Math.sqrt((1 + pan) / 2),
    };
  });
  return ({ left, right }, from) => {
    const first = Math.max(0, start - from);
    const alive = envelope(gains, first, from + first - start);
    for (const partial of partials) {
      const { left: l, right: r, leftGain, rightGain } = partial;
      let [lx, ly, rx, ry] = [l.x, l.y, r.x, r.y];
      // Both ears in one loop: two chains of multiplications that do not wait for each other.
      for (let i = first; i < BLOCK; i++) {
        const gain = gains[i]!;
        left[i]! += leftGain * gain * ly;
        right[i]! += rightGain * gain * ry;
        const lxNext = lx * l.cos - ly * l.sin;
        ly = lx * l.sin + ly * l.cos;
        lx = lxNext;
        const rxNext = rx * r.cos - ry * r.sin;
        ry = rx * r.sin + ry * r.cos;
        rx = rxNext;
      }
      Object.assign(l, { x: lx, y: ly });
      Object.assign(r, { x: rx, y: ry });
    }
    return alive;
  };
}

/** A point on a circle that takes one turn a sample; `y` is the sine. */
const sine = (turn: number) => ({ cos: Math.cos(turn), sin: Math.sin(turn), x: 1, y: 0 });

/** Writes the gain of each sample from index `first` on, which is sample `age` of the note; false once the note is over. */
function envelopeOf({ attack, release, decay }: VoiceSound, held: number): (gains: Float64Array, first: number, age: number) => boolean {
  const rise = Math.min(attack * SAMPLE_RATE, Math.max(1, held / 2)); // a very short note still comes to its full
  const fall = release * SAMPLE_RATE;
  const keep = decay === undefined ? 1 : Math.exp(-1 / (decay * SAMPLE_RATE));
  return (gains, first, age) => {
    const count = gains.length - first;
    let struck = keep === 1 ? 1 : keep ** age;
    for (let i = 0; i < count; i++) {
      const n = age + i;
      const into = n < rise ? raised(n / rise) : 1;
      const out = n > held ? raised(1 - (n - held) / fall) : 1;
      gains[first + i] = into * out * struck;
      struck *= keep;
    }
    return age + count < held + fall;
  };
}

/** 0 at 0, 1 at 1, level at both ends. */
const raised = (share: number): number => (share <= 0 ? 0 : share >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * share));

/** A small room: what the other ear heard 190 ms ago and this one 410 ms ago. */
function echo(): (block: Block) => void {
  const [near, far] = [Math.round(0.19 * SAMPLE_RATE), Math.round(0.41 * SAMPLE_RATE)];
  const past = { left: new Float64Array(far), right: new Float64Array(far) };
  let at = 0;
  return ({ left, right }) => {
    for (let i = 0; i < left.length; i++) {
      const before = (at - near + far) % far;
      const [dryLeft, dryRight] = [left[i]!, right[i]!];
      left[i] = dryLeft + 0.22 * past.right[before]! + 0.14 * past.left[at]!;
      right[i] = dryRight + 0.22 * past.left[before]! + 0.14 * past.right[at]!;
      past.left[at] = dryLeft;
      past.right[at] = dryRight;
      at = at + 1 === far ? 0 : at + 1;
    }
  };
}

function fadeEnds({ left, right }: Block, from: number, total: number, fade: number): void {
  if (from >= fade && from + left.length <= total - fade) return;
  for (let i = 0; i < left.length; i++) {
    const gain = raised((from + i) / fade) * raised((total - from - i) / fade);
    left[i]! *= gain;
    right[i]! *= gain;
  }
}
