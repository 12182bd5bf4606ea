import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';
import { OnnxGraph } from './onnx/graph.ts';
import { Layers, type Padding, padded } from './tfjs/layers.ts';
import { Weights, WeightsFile } from './tfjs/weights.ts';

const Pair = z.array(z.int());
/** What these two networks say about a layer (Keras 2). */
const Layer = z.object({
  class_name: z.string(),
  name: z.string(),
  config: z.object({
    padding: z.union([z.enum(['same', 'valid']), z.array(Pair)]).optional(),
    strides: Pair.optional(),
    pool_size: Pair.optional(),
    activation: z.string().optional(),
    epsilon: z.number().optional(),
    max_value: z.number().nullish(),
    axis: z.union([z.int(), z.array(z.int())]).optional(),
    batch_input_shape: z.array(z.int().nullable()).optional(),
  }),
  inbound_nodes: z.array(z.array(z.tuple([z.string()]).rest(z.unknown()))),
});
type Layer = z.infer<typeof Layer>;
const Model = z.object({
  modelTopology: z.object({ model_config: z.object({ config: z.object({ layers: z.array(Layer).min(1) }) }) }),
  weightsManifest: z.tuple([z.object({ paths: z.array(z.string()).min(1), weights: Weights })]),
});

/** Drawing, hentai, neutral, porn, sexy. */
const CLASSES = 5;

/** A network of the npm package nsfwjs as an ONNX file: `pixels` [batch, 3, side, side], 0 to 1, to `shares` [batch, 5]. */
export function nsfwjs(root: string, name: 'mobilenet_v2' | 'inception_v3'): Uint8Array {
  const folder = join(root, 'node_modules/nsfwjs/dist/models', name);
  const required = createRequire(join(folder, 'model.min.js'));
  const { modelTopology, weightsManifest } = Model.parse(required('./model.min.js'));
  const [{ paths, weights }] = weightsManifest;
  const file = Buffer.concat(paths.map((path) => Buffer.from(z.string().parse(required(`./${path}.min.js`)), 'base64')));
  return converted(name, modelTopology.model_config.config.layers, new WeightsFile(weights, file));
}

/** The version that is installed: a change of it changes the files. */
export const nsfwjsVersion = (root: string): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(root, 'node_modules/nsfwjs/package.json'), 'utf8'))).version;

function converted(name: string, layers: readonly Layer[], weights: WeightsFile): Uint8Array {
  const graph = new OnnxGraph();
  const write = new Layers(graph, weights);
  const outputs = new Map<string, string>();
  let last = 'pixels';
  for (const layer of layers) {
    const inputs = (layer.inbound_nodes[0] ?? []).map(([from]) => known(outputs, from));
    last = written(layer, inputs, write, weights);
    outputs.set(layer.name, last);
  }
  const side = layers[0]?.config.batch_input_shape?.[1];
  if (!side) throw new Error(`expected the size of the pictures in ${name}, found none`);
  return graph.model(name, { name: 'pixels', shape: ['batch', 3, side, side] }, { name: 'shares', shape: ['batch', CLASSES], from: last });
}

function known(outputs: ReadonlyMap<string, string>, name: string): string {
  const found = outputs.get(name);
  if (!found) throw new Error(`expected layers after what they need, found ${name} used before`);
  return found;
}

function written({ class_name: kind, name, config }: Layer, inputs: readonly string[], write: Layers, weights: WeightsFile): string {
  const { graph } = write;
  const [x = 'pixels'] = inputs;
  const strides = config.strides ?? [1, 1];
  const padding: Padding = config.padding === 'same' ? 'same' : 'valid';
  const bias = weights.has(`${name}/bias`) ? { bias: `${name}/bias` } : {};
  switch (kind) {
    case 'InputLayer':
      return 'pixels';
    case 'Dropout':
      return x;
    case 'Conv2D':
      return activated(write.convolution(x, { filters: `${name}/kernel`, ...bias, strides, padding }), config.activation, graph);
    case 'DepthwiseConv2D':
      return write.depthwise(x, { filters: `${name}/depthwise_kernel`, strides, padding });
    case 'BatchNormalization': {
      const size = weights.shape(`${name}/moving_mean`);
      const gamma = weights.has(`${name}/gamma`)
        ? write.vector(`${name}/gamma`)
        : graph.floats(new Float32Array(size[0] ?? 0).fill(1), size);
      const [beta, mean, variance] = ['beta', 'moving_mean', 'moving_variance'].map((part) => write.vector(`${name}/${part}`));
      return graph.add('BatchNormalization', [x, gamma, beta!, mean!, variance!], { epsilon: { float: config.epsilon ?? 1e-3 } });
    }
    case 'ZeroPadding2D': {
      const [[top = 0, bottom = 0] = [], [left = 0, right = 0] = []] = Array.isArray(config.padding) ? config.padding : [];
      return graph.add('Pad', [x, graph.integers([0, 0, top, left, 0, 0, bottom, right])]);
    }
    case 'ReLU':
      return config.max_value == null
        ? graph.add('Relu', [x])
        : graph.add('Clip', [x, graph.floats([0], []), graph.floats([config.max_value], [])]);
    case 'Activation':
      return activated(x, config.activation, graph);
    case 'Add':
      return graph.add('Add', inputs);
    case 'Concatenate':
      return graph.add('Concat', inputs, { axis: 1 }); // the channels, which Keras keeps last
    case 'MaxPooling2D':
      return graph.add('MaxPool', [x], { kernel_shape: config.pool_size ?? [], strides, ...padded(padding) });
    case 'AveragePooling2D':
      return graph.add('AveragePool', [x], { kernel_shape: config.pool_size ?? [], strides, ...padded(padding), count_include_pad: 0 });
    case 'Flatten':
      return graph.add('Flatten', [graph.add('Transpose', [x], { perm: [0, 2, 3, 1] })]);
    case 'Dense':
      return activated(write.dense(x, `${name}/kernel`, `${name}/bias`), config.activation, graph);
    default:
      throw new Error(`expected a layer that is known, found ${kind} named ${name}`);
  }
}

function activated(x: string, activation: string | undefined, graph: OnnxGraph): string {
  if (activation === undefined || activation === 'linear') return x;
  if (activation === 'relu') return graph.add('Relu', [x]);
  if (activation === 'softmax') return graph.add('Softmax', [x], { axis: 1 });
  throw new Error(`expected linear, relu or softmax, found ${activation}`);
}
