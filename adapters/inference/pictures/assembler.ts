/** WebAssembly as bytes. What little of it our loops need, by its names in the specification (webassembly.github.io/spec). */
export type Code = readonly number[];

const I32 = 0x7f;
const V128 = 0x7b;
const NO_RESULT = 0x40;
const MEMORY = 0x02;
/** Nothing is promised about addresses. */
const UNALIGNED = 0;

/** Numbers are written seven bits at a time, lowest first (LEB128). */
function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value < 0x80 ? [low] : [low | 0x80, ...unsigned(value >>> 7)];
}
const counted = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
const vector = (instruction: number): Code => [0xfd, ...unsigned(instruction)];
const memory = (instruction: number, offset: number): Code => [...vector(instruction), UNALIGNED, ...unsigned(offset)];

/** Instructions take from the stack what the code before them left there. */
export const wasm = {
  /** A number from 0 to 63. */
  small: (value: number): Code => [0x41, value],
  add: [0x6a],
  subtract: [0x6b],
  /** Runs once, and again as long as the number that it leaves is not zero. */
  repeat: (...body: readonly Code[]): Code => [0x03, NO_RESULT, ...body.flat(), 0x0d, 0, 0x0b],
  /** 32 bits. */
  loadNumber: [0x28, UNALIGNED, 0],
  load: (offset = 0): Code => memory(0x00, offset),
  /** Eight bytes, as eight numbers of 16 bits. */
  loadBytes: memory(0x02, 0),
  /** One float, four times. */
  loadSplat: memory(0x09, 0),
  store: (offset = 0): Code => memory(0x0b, offset),
  storeLane: (lane: number): Code => [...memory(0x5a, 0), lane],
  zeros: [...vector(0x0c), ...new Array<number>(16).fill(0)],
  /** Four of eight numbers of 16 bits, as 32 bits. */
  firstFour: vector(0xa9),
  lastFour: vector(0xaa),
  asFloats: vector(0xfa),
  addFloats: vector(0xe4),
  multiplyFloats: vector(0xe6),
} as const satisfies Record<string, Code | ((...given: never[]) => Code)>;

/** A local variable is read and written by its name. */
export interface Locals {
  get(name: string): Code;
  set(name: string): Code;
}

export interface WasmFunction {
  readonly name: string;
  /** Whole numbers that it is called with. */
  readonly parameters: readonly string[];
  readonly numbers: readonly string[];
  /** Of four floats, or of what else has 128 bits. */
  readonly vectors: readonly string[];
  readonly body: (locals: Locals) => readonly Code[];
}

/** A module of functions that answer nothing and work on one memory, which the module is given as `own.memory`. */
export function assembled(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const text = (value: string): Code => counted([...new TextEncoder().encode(value)]);
  const section = (id: number, content: Code): Code => [id, ...counted(content)];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, list(functions.map(({ parameters }) => [0x60, ...list(parameters.map(() => [I32])), 0]))),
    ...section(2, list([[...text('own'), ...text('memory'), MEMORY, 0, 1]])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(functions.map(({ name }, index) => [...text(name), 0, ...unsigned(index)]))),
    ...section(10, list(functions.map(bodyOf))),
  ]);
}

function bodyOf({ name, parameters, numbers, vectors, body }: WasmFunction): Code {
  const names = [...parameters, ...numbers, ...vectors];
  const numberOf = (local: string): Code => {
    const index = names.indexOf(local);
    if (index < 0) throw new RangeError(`expected a local of ${name} (${names.join(', ')}), found ${local}`);
    return unsigned(index);
  };
  const locals: Locals = { get: (local) => [0x20, ...numberOf(local)], set: (local) => [0x21, ...numberOf(local)] };
  const declared = list([
    [...unsigned(numbers.length), I32],
    [...unsigned(vectors.length), V128],
  ]);
  return counted([...declared, ...body(locals).flat(), 0x0b]);
}
