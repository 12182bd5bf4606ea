import { assembled, type Code, type Locals, type WasmFunction, wasm } from './assembler.ts';

/**
 * The two inner loops of scaling, in WebAssembly: what a voter does besides its network is nearly all done here, and four numbers at a
 * time it takes a quarter of what the same loops take in JavaScript (`docs/decisions/0026-scaling-in-webassembly.md`).
 */
export interface Loops {
  /**
   * One row out of several: floats at `to`, each the weighted sum of the bytes that lie below each other. Reads and writes whole pieces.
   * @param from first byte of the first of `rows` rows (at least 1), `stride` bytes apart; `weights` floats, one a row
   * @param pieces how many pieces of `PIECE` bytes are added up, at least 1
   */
  down(from: number, stride: number, rows: number, weights: number, to: number, pieces: number): void;
  /**
   * Pixels out of a row of floats: each the weighted sum of `room` pixels, times a factor and plus a shift for every colour.
   * @param firsts where the first of its pixels begins, for each pixel of the result: an address, 32 bits
   * @param weights `room` floats for each pixel of the result
   * @param pixel bytes from one pixel of the row to the next
   * @param tint four factors and four shifts, floats
   * @param to where the first colour goes; the others `plane` bytes on, the next pixel `step` bytes on
   * @param count pixels of the result, at least 1
   */
  across(
    firsts: number,
    weights: number,
    room: number,
    pixel: number,
    tint: number,
    to: number,
    plane: number,
    step: number,
    count: number,
  ): void;
}

/** Bytes that `down` adds up at a time. */
export const PIECE = 8;
const FLOAT = 4;
const VECTOR = 4 * FLOAT;

const { add, subtract, small, repeat, zeros, load, loadBytes, loadSplat, store, storeLane } = wasm;
const { firstFour, lastFour, asFloats, addFloats, multiplyFloats } = wasm;

const moved = ({ get, set }: Locals, local: string, by: Code): Code => [...get(local), ...by, ...add, ...set(local)];
/** One less; leaves what is left, for `repeat`. */
const countedDown = ({ get, set }: Locals, local: string): Code => [...get(local), ...small(1), ...subtract, ...set(local), ...get(local)];
/** sum += what the stack holds, times factor. */
const summed = ({ get, set }: Locals, sum: string, values: Code, factor: string): Code => [
  ...get(sum),
  ...values,
  ...get(factor),
  ...multiplyFloats,
  ...addFloats,
  ...set(sum),
];

const down: WasmFunction = {
  name: 'down',
  parameters: ['from', 'stride', 'rows', 'weights', 'to', 'pieces'],
  numbers: ['row', 'weight', 'left'],
  vectors: ['first', 'last', 'factor', 'bytes'],
  body: (locals) => {
    const { get, set } = locals;
    return [
      repeat(
        [...zeros, ...set('first'), ...zeros, ...set('last')],
        [...get('from'), ...set('row'), ...get('weights'), ...set('weight'), ...get('rows'), ...set('left')],
        repeat(
          [...get('row'), ...loadBytes, ...set('bytes'), ...get('weight'), ...loadSplat, ...set('factor')],
          summed(locals, 'first', [...get('bytes'), ...firstFour, ...asFloats], 'factor'),
          summed(locals, 'last', [...get('bytes'), ...lastFour, ...asFloats], 'factor'),
          moved(locals, 'row', get('stride')),
          moved(locals, 'weight', small(FLOAT)),
          countedDown(locals, 'left'),
        ),
        [...get('to'), ...get('first'), ...store(), ...get('to'), ...get('last'), ...store(VECTOR)],
        moved(locals, 'from', small(PIECE)),
        moved(locals, 'to', small(PIECE * FLOAT)),
        countedDown(locals, 'pieces'),
      ),
    ];
  },
};

const across: WasmFunction = {
  name: 'across',
  parameters: ['firsts', 'weights', 'room', 'pixel', 'tint', 'to', 'plane', 'step', 'count'],
  numbers: ['at', 'left'],
  vectors: ['sum', 'factor', 'tinted', 'shift'],
  body: (locals) => {
    const { get, set } = locals;
    const stored = (lane: number): Code => [...get('at'), ...get('sum'), ...storeLane(lane)];
    return [
      [...get('tint'), ...load(), ...set('tinted'), ...get('tint'), ...load(VECTOR), ...set('shift')],
      repeat(
        [...zeros, ...set('sum'), ...get('firsts'), ...wasm.loadNumber, ...set('at'), ...get('room'), ...set('left')],
        repeat(
          [...get('weights'), ...loadSplat, ...set('factor')],
          summed(locals, 'sum', [...get('at'), ...load()], 'factor'),
          moved(locals, 'at', get('pixel')),
          moved(locals, 'weights', small(FLOAT)),
          countedDown(locals, 'left'),
        ),
        [...get('sum'), ...get('tinted'), ...multiplyFloats, ...get('shift'), ...addFloats, ...set('sum')],
        [...get('to'), ...set('at'), ...stored(0)],
        [...moved(locals, 'at', get('plane')), ...stored(1)],
        [...moved(locals, 'at', get('plane')), ...stored(2)],
        moved(locals, 'firsts', small(FLOAT)),
        moved(locals, 'to', get('step')),
        countedDown(locals, 'count'),
      ),
    ];
  },
};

/** Opens the loops on a memory of their own; compiling them takes a millisecond. */
export function openLoops(): { readonly memory: WebAssembly.Memory; readonly loops: Loops } {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(assembled([down, across]));
  const { down: rows, across: pixels } = new WebAssembly.Instance(module, { own: { memory } }).exports;
  if (typeof rows !== 'function' || typeof pixels !== 'function') throw new Error('expected two functions in the module of the loops');
  return {
    memory,
    loops: {
      down: (from, stride, count, weights, to, pieces) => void rows(from, stride, count, weights, to, pieces),
      across: (firsts, weights, room, pixel, tint, to, plane, step, count) =>
        void pixels(firsts, weights, room, pixel, tint, to, plane, step, count),
    },
  };
}
