import * as z from 'zod';
import type { OnnxGraph } from '../onnx/graph.ts';

/** One group of a TensorFlow.js weights manifest: tensors in the order in which they lie in the file. */
export const Weights = z.array(
  z.object({
    name: z.string().min(1),
    shape: z.array(z.int().positive()),
    dtype: z.literal('float32'),
    quantization: z.object({ dtype: z.literal('uint8'), scale: z.number(), min: z.number() }).optional(),
  }),
);

interface Tensor {
  readonly shape: readonly number[];
  /** Floats, or steps of 8 bits that stand for `step * scale + min`. */
  readonly values: Float32Array | Uint8Array;
  readonly scale: number;
  readonly min: number;
}

/** What is smaller is written as floats: eight bits would save less than their node costs. */
const SMALL = 4_096;
/** How far a zero point may be from a whole number: the manifests are written with 16 digits. */
const WHOLE = 1e-6;

/** The tensors of a network, by name, and their way into an ONNX file. */
export class WeightsFile {
  private readonly tensors = new Map<string, Tensor>();

  constructor(manifest: z.infer<typeof Weights>, file: Uint8Array) {
    let at = 0;
    for (const { name, shape, quantization } of manifest) {
      const count = product(shape);
      const length = quantization ? count : count * 4;
      const stored = new Uint8Array(file.subarray(at, at + length)); // a copy that begins where its buffer does
      if (stored.length !== length) throw new Error(`expected ${length} bytes of ${name}, found ${stored.length}`);
      const values = quantization ? stored : new Float32Array(stored.buffer);
      this.tensors.set(name, { shape, values, scale: quantization?.scale ?? 1, min: quantization?.min ?? 0 });
      at += length;
    }
    if (at !== file.length) throw new Error(`expected ${at} bytes of weights, found ${file.length}`);
  }

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  shape(name: string): readonly number[] {
    return this.tensor(name).shape;
  }

  floats(name: string): Float32Array {
    const { values, scale, min } = this.tensor(name);
    return values instanceof Float32Array ? values : Float32Array.from(values, (step) => step * scale + min);
  }

  /** Writes the tensor with its axes in another order, as small as it came where its zero is a step of its own. */
  write(graph: OnnxGraph, name: string, axes: readonly number[], shape?: readonly number[]): string {
    const { values, scale, min, shape: stored } = this.tensor(name);
    const turned = axes.map((axis) => stored[axis] ?? 1);
    const zero = Math.round(-min / scale);
    const whole = zero >= 0 && zero <= 255 && Math.abs(-min / scale - zero) < WHOLE;
    const order = turnedOrder(stored, axes);
    if (values instanceof Uint8Array && whole && values.length > SMALL)
      return graph.quantized({ steps: Uint8Array.from(order, (from) => values[from] ?? 0), scale, zero }, shape ?? turned);
    const floats = this.floats(name);
    return graph.floats(
      Float32Array.from(order, (from) => floats[from] ?? 0),
      shape ?? turned,
    );
  }

  private tensor(name: string): Tensor {
    const found = this.tensors.get(name);
    if (!found) throw new Error(`expected weights named ${name}, found none`);
    return found;
  }
}

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Where each value of a tensor whose axis `i` is axis `axes[i]` of the original lies in the original. At most four axes. */
function turnedOrder(shape: readonly number[], axes: readonly number[]): Uint32Array {
  const lead = 4 - axes.length;
  const size = (axis: number): number => (axis < lead ? 1 : (shape[axes[axis - lead] ?? 0] ?? 1));
  const stride = (axis: number): number => (axis < lead ? 0 : product(shape.slice((axes[axis - lead] ?? 0) + 1)));
  const [first, second, third, fourth] = [size(0), size(1), size(2), size(3)];
  const [one, two, three, four] = [stride(0), stride(1), stride(2), stride(3)];
  const order = new Uint32Array(product(shape));
  let at = 0;
  for (let a = 0; a < first; a++)
    for (let b = 0; b < second; b++)
      for (let c = 0; c < third; c++) for (let d = 0; d < fourth; d++) order[at++] = a * one + b * two + c * three + d * four;
  return order;
}
