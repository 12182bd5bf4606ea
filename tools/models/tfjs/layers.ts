import type { OnnxGraph } from '../onnx/graph.ts';
import type { WeightsFile } from './weights.ts';

/** TensorFlow pads at the end first; ONNX calls that SAME_UPPER. */
export type Padding = 'same' | 'valid';

export const padded = (padding: Padding) => ({ auto_pad: padding === 'same' ? 'SAME_UPPER' : 'VALID' });

/** TensorFlow keeps filters as height, width, input, output; ONNX as output, input, height, width. */
const FILTERS = [3, 2, 0, 1] as const;
/** Depthwise filters have one output a channel: channel, 1, height, width. */
const DEPTHWISE = [2, 3, 0, 1] as const;

export interface Convolution {
  readonly filters: string;
  readonly bias?: string;
  readonly strides?: readonly number[];
  readonly padding: Padding;
}

/** Layers of TensorFlow, written as ONNX: channels first, so pictures are [batch, channels, height, width] everywhere. */
export class Layers {
  readonly graph: OnnxGraph;
  private readonly weights: WeightsFile;

  constructor(graph: OnnxGraph, weights: WeightsFile) {
    this.graph = graph;
    this.weights = weights;
  }

  convolution(x: string, { filters, bias, strides = [1, 1], padding }: Convolution): string {
    const [height = 1, width = 1] = this.weights.shape(filters);
    const inputs = [x, this.weights.write(this.graph, filters, FILTERS)];
    if (bias !== undefined) inputs.push(this.vector(bias));
    return this.graph.add('Conv', inputs, { kernel_shape: [height, width], strides, ...padded(padding) });
  }

  depthwise(x: string, { filters, strides = [1, 1], padding }: Convolution): string {
    const [height = 1, width = 1, channels = 1] = this.weights.shape(filters);
    const inputs = [x, this.weights.write(this.graph, filters, DEPTHWISE)];
    return this.graph.add('Conv', inputs, { kernel_shape: [height, width], strides, group: channels, ...padded(padding) });
  }

  /** A depthwise convolution and a pointwise one with a bias. */
  separable(x: string, name: string, options: { strides?: readonly number[]; padding: Padding }): string {
    const deep = this.depthwise(x, { filters: `${name}/depthwise_filter`, ...options });
    return this.convolution(deep, { filters: `${name}/pointwise_filter`, bias: `${name}/bias`, padding: 'valid' });
  }

  dense(x: string, weights: string, bias?: string): string {
    const inputs = [x, this.weights.write(this.graph, weights, [0, 1])];
    if (bias !== undefined) inputs.push(this.vector(bias));
    return this.graph.add('Gemm', inputs);
  }

  /** One number a channel. */
  vector(name: string): string {
    return this.graph.floats(this.weights.floats(name), this.weights.shape(name));
  }

  /** Subtracts a mean of red, green and blue and divides by 255. */
  standardised(x: string, mean: readonly number[]): string {
    const centered = this.graph.add('Sub', [x, this.graph.floats(mean, [1, 3, 1, 1])]);
    return this.graph.add('Div', [centered, this.graph.floats([255], [])]);
  }
}
