import { bytes, float, integer, type Message, message, text } from './wire.ts';

/** Attribute values as a network writes them: whole numbers are integers, `{ float }` is not. */
export type Attribute = number | readonly number[] | string | { readonly float: number };

/** A tensor of 8-bit steps: a value is `(step - zero) * scale`. */
export interface Steps {
  readonly steps: Uint8Array;
  readonly scale: number;
  readonly zero: number;
}

/** Numbers of onnx.proto3: element types and attribute types. */
const ELEMENT = { float: 1, uint8: 2, int64: 7 } as const;
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;
/** Opset 13 is the first with everything used here; file format 8 (ONNX 1.11) is read by every runtime since 2022. */
const OPSET = 13;
const FORMAT = 8;

/** Writes an ONNX file node by node. The same calls give the same bytes. */
export class OnnxGraph {
  private readonly nodes: Message[] = [];
  private readonly constants: Message[] = [];
  private readonly named = new Map<string, string>();

  /** Adds an operation and returns the name of its output. */
  add(operation: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    const name = `${operation}_${this.nodes.length}`;
    this.nodes.push(
      message(
        1,
        ...inputs.map((input) => text(1, input)),
        text(2, name),
        text(3, name),
        text(4, operation),
        ...Object.entries(attributes).map(([key, value]) => attribute(key, value)),
      ),
    );
    return name;
  }

  floats(values: readonly number[] | Float32Array, shape: readonly number[]): string {
    const raw = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) raw.writeFloatLE(value, index * 4);
    return this.constant(ELEMENT.float, shape, raw);
  }

  integers(values: readonly number[]): string {
    const raw = Buffer.alloc(values.length * 8);
    for (const [index, value] of values.entries()) raw.writeBigInt64LE(BigInt(value), index * 8);
    return this.constant(ELEMENT.int64, [values.length], raw);
  }

  /** Stays 8 bits in the file; runtimes make floats of it when they load it. */
  quantized({ steps, scale, zero }: Steps, shape: readonly number[]): string {
    const stored = this.constant(ELEMENT.uint8, shape, Buffer.from(steps));
    const zeroPoint = this.constant(ELEMENT.uint8, [], Buffer.of(zero));
    return this.add('DequantizeLinear', [stored, this.floats([scale], []), zeroPoint]);
  }

  /** The file. A size that is a word is left open. */
  model(name: string, input: Port, output: Port): Uint8Array {
    this.nodes.push(message(1, text(1, output.from ?? ''), text(2, output.name), text(3, output.name), text(4, 'Identity')));
    return Buffer.concat([
      integer(1, FORMAT),
      text(2, 'framewright'),
      message(7, ...this.nodes, text(2, name), ...this.constants, port(11, input), port(12, output)),
      message(8, text(1, ''), integer(2, OPSET)),
    ]);
  }

  private constant(element: number, shape: readonly number[], raw: Buffer): string {
    const body = Buffer.concat([...shape.map((size) => integer(1, size)), integer(2, element)]);
    const key = raw.length <= 64 ? `${body.toString('hex')}:${raw.toString('hex')}` : undefined;
    const known = key === undefined ? undefined : this.named.get(key);
    if (known !== undefined) return known;
    const name = `constant_${this.constants.length}`;
    this.constants.push(message(5, body, text(8, name), bytes(9, raw)));
    if (key !== undefined) this.named.set(key, name);
    return name;
  }
}

/** An input or output of the whole graph: floats of this shape. `from` is what an output is a copy of. */
export interface Port {
  readonly name: string;
  readonly shape: readonly (number | string)[];
  readonly from?: string;
}

function port(field: number, { name, shape }: Port): Message {
  const sizes = shape.map((size) => message(1, typeof size === 'string' ? text(2, size) : integer(1, size)));
  return message(field, text(1, name), message(2, message(1, integer(1, ELEMENT.float), message(2, ...sizes))));
}

function attribute(name: string, value: Attribute): Message {
  if (typeof value === 'number') return message(5, text(1, name), integer(3, value), integer(20, ATTRIBUTE.int));
  if (typeof value === 'string') return message(5, text(1, name), text(4, value), integer(20, ATTRIBUTE.string));
  if ('float' in value) return message(5, text(1, name), float(2, value.float), integer(20, ATTRIBUTE.float));
  return message(5, text(1, name), ...value.map((each) => integer(8, each)), integer(20, ATTRIBUTE.ints));
}
