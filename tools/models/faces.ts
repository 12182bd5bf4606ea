import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { OnnxGraph, type Port } from './onnx/graph.ts';
import { Layers, padded } from './tfjs/layers.ts';
import { Weights, WeightsFile } from './tfjs/weights.ts';

/** Mean colours of the training pictures of the detector, and of the three networks that look at one face. */
const DETECTOR_MEAN = [117.001, 114.697, 97.404] as const;
const FACE_MEAN = [122.782, 117.001, 104.298] as const;
/** Slope of the detector's units below zero. */
const LEAK = 0.1;

const Manifest = z.tuple([z.object({ weights: Weights })]);

/** A network of @vladmandic/face-api (MIT). Its architecture is code there; the package carries weights by name. */
function opened(root: string, name: string) {
  const folder = join(root, 'node_modules/@vladmandic/face-api/model');
  const [{ weights }] = Manifest.parse(JSON.parse(readFileSync(join(folder, `${name}-weights_manifest.json`), 'utf8')));
  const graph = new OnnxGraph();
  const file = new WeightsFile(weights, readFileSync(join(folder, `${name}.bin`)));
  return { graph, file, layers: new Layers(graph, file) };
}

const pixels = (side: number | undefined): Port => ({ name: 'pixels', shape: ['batch', 3, side ?? 'height', side ?? 'width'] });
const pooled = (graph: OnnxGraph, x: string): string => graph.add('Flatten', [graph.add('GlobalAveragePool', [x])]);

/** Tiny YOLO v2: of every cell of 32 x 32 pixels five boxes of x, y, width, height and certainty, before their activations. */
export function faceDetector(root: string): Uint8Array {
  const { graph, layers } = opened(root, 'tiny_face_detector_model');
  const leaky = (x: string) => graph.add('LeakyRelu', [x], { alpha: { float: LEAK } });
  let x = layers.standardised('pixels', DETECTOR_MEAN);
  x = leaky(layers.convolution(x, { filters: 'conv0/filters', bias: 'conv0/bias', padding: 'valid' }));
  for (let block = 1; block <= 5; block++) {
    x = graph.add('MaxPool', [x], { kernel_shape: [2, 2], strides: [2, 2], ...padded('same') });
    x = leaky(layers.separable(x, `conv${block}`, { padding: 'same' }));
  }
  x = graph.add('MaxPool', [x], { kernel_shape: [2, 2], strides: [1, 1], ...padded('same') });
  x = layers.convolution(x, { filters: 'conv8/filters', bias: 'conv8/bias', padding: 'valid' });
  return graph.model('face-detector', pixels(undefined), { name: 'boxes', shape: ['batch', 25, 'rows', 'columns'], from: x });
}

/** 68 points of a face, x and y as shares of the picture. */
export function faceLandmarks(root: string): Uint8Array {
  const { graph, layers } = opened(root, 'face_landmark_68_model');
  const relu = (x: string) => graph.add('Relu', [x]);
  let x = layers.standardised('pixels', FACE_MEAN);
  for (let block = 0; block < 4; block++) {
    const first =
      block === 0
        ? layers.convolution(x, { filters: 'dense0/conv0/filters', bias: 'dense0/conv0/bias', strides: [2, 2], padding: 'same' })
        : layers.separable(x, `dense${block}/conv0`, { strides: [2, 2], padding: 'same' });
    let sum = relu(first);
    for (let part = 1; part <= 3; part++) {
      const deeper = layers.separable(part === 1 ? sum : relu(sum), `dense${block}/conv${part}`, { padding: 'same' });
      sum = graph.add('Add', [sum, deeper]);
    }
    x = relu(sum);
  }
  const points = layers.dense(pooled(graph, x), 'fc/weights', 'fc/bias');
  return graph.model('face-landmarks', pixels(112), { name: 'points', shape: ['batch', 136], from: points });
}

/** dlib's ResNet: 128 numbers; two faces of one person are less than 0.6 apart. */
export function faceEmbedding(root: string): Uint8Array {
  const { graph, file, layers } = opened(root, 'face_recognition_model');
  const relu = (x: string) => graph.add('Relu', [x]);
  const scaled = (x: string, name: string, strides: readonly number[], padding: 'same' | 'valid'): string => {
    const y = layers.convolution(x, { filters: `${name}/conv/filters`, bias: `${name}/conv/bias`, strides, padding });
    const shape = [1, file.shape(`${name}/scale/weights`)[0] ?? 1, 1, 1];
    const product = graph.add('Mul', [y, graph.floats(file.floats(`${name}/scale/weights`), shape)]);
    return graph.add('Add', [product, graph.floats(file.floats(`${name}/scale/biases`), shape)]);
  };
  const residual = (x: string, name: string): string =>
    relu(graph.add('Add', [scaled(relu(scaled(x, `${name}/conv1`, [1, 1], 'same')), `${name}/conv2`, [1, 1], 'same'), x]));
  /** Halves the sides; `channels` new ones are zeros beside the mean of the old, `edge` zeros make sides of odd length fit. */
  const down = (x: string, name: string, channels: number, edge: number): string => {
    let deep = scaled(relu(scaled(x, `${name}/conv1`, [2, 2], 'valid')), `${name}/conv2`, [1, 1], 'same');
    if (edge > 0) deep = graph.add('Pad', [deep, graph.integers([0, 0, 0, 0, 0, 0, edge, edge])]);
    let mean = graph.add('AveragePool', [x], { kernel_shape: [2, 2], strides: [2, 2] });
    if (channels > 0) mean = graph.add('Pad', [mean, graph.integers([0, 0, 0, 0, 0, channels, 0, 0])]);
    return relu(graph.add('Add', [mean, deep]));
  };
  let x = relu(scaled(layers.standardised('pixels', FACE_MEAN), 'conv32_down', [2, 2], 'valid'));
  x = graph.add('MaxPool', [x], { kernel_shape: [3, 3], strides: [2, 2] });
  for (const name of ['conv32_1', 'conv32_2', 'conv32_3']) x = residual(x, name);
  x = down(x, 'conv64_down', 32, 0);
  for (const name of ['conv64_1', 'conv64_2', 'conv64_3']) x = residual(x, name);
  x = down(x, 'conv128_down', 64, 0);
  for (const name of ['conv128_1', 'conv128_2']) x = residual(x, name);
  x = down(x, 'conv256_down', 128, 1);
  for (const name of ['conv256_1', 'conv256_2']) x = residual(x, name);
  x = down(x, 'conv256_down_out', 0, 1);
  return graph.model('face-embedding', pixels(150), {
    name: 'embedding',
    shape: ['batch', 128],
    from: layers.dense(pooled(graph, x), 'fc'),
  });
}

/** A small Xception that guesses an age in years. */
export function faceAge(root: string): Uint8Array {
  const { graph, layers } = opened(root, 'age_gender_model');
  const relu = (x: string) => graph.add('Relu', [x]);
  const separable = (x: string, name: string) => layers.separable(x, name, { padding: 'same' });
  const convolution = (x: string, name: string): string =>
    layers.convolution(x, { filters: `${name}/filters`, bias: `${name}/bias`, strides: [2, 2], padding: 'same' });
  const reduction = (x: string, name: string, isFirst = false): string => {
    const deep = separable(relu(separable(isFirst ? x : relu(x), `${name}/separable_conv0`)), `${name}/separable_conv1`);
    const small = graph.add('MaxPool', [deep], { kernel_shape: [3, 3], strides: [2, 2], ...padded('same') });
    return graph.add('Add', [small, convolution(x, `${name}/expansion_conv`)]);
  };
  let x = relu(convolution(layers.standardised('pixels', FACE_MEAN), 'entry_flow/conv_in'));
  x = reduction(x, 'entry_flow/reduction_block_0', true);
  x = reduction(x, 'entry_flow/reduction_block_1');
  for (const block of ['middle_flow/main_block_0', 'middle_flow/main_block_1']) {
    let deep = x;
    for (let part = 0; part < 3; part++) deep = separable(relu(deep), `${block}/separable_conv${part}`);
    x = graph.add('Add', [deep, x]);
  }
  x = relu(separable(reduction(x, 'exit_flow/reduction_block'), 'exit_flow/separable_conv'));
  const age = layers.dense(pooled(graph, x), 'fc/age/weights', 'fc/age/bias');
  return graph.model('face-age', pixels(112), { name: 'years', shape: ['batch', 1], from: age });
}
