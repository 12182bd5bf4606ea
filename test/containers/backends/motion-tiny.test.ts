import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Component } from '#contracts/component';
import denoise from '../../../containers/denoise-tiny/component.json' with { type: 'json' };
import manifest from '../../../containers/motion-tiny/component.json' with { type: 'json' };
import { noShelf } from '../../../containers/motion-tiny/frame-shelf.ts';
import { onnxBackend } from '../../../containers/motion-tiny/onnx-backend.ts';
import upscale from '../../../containers/upscale-tiny/component.json' with { type: 'json' };
import { toyBundle } from '../motion-tiny/toy-networks.ts';
import { motionBackendSuite } from './motion-backend.suite.ts';

const folder = await mkdtemp(join(tmpdir(), 'toy-'));
afterAll(() => rm(folder, { recursive: true }));
const component = Component.parse(manifest);
const hosted = [denoise, upscale].map((one) => Component.parse(one));

motionBackendSuite({
  component,
  open: () => onnxBackend({ component, hosted, shelf: noShelf, graphs: { threads: 1, device: 'cpu' } }),
  bundle: await toyBundle(folder),
});
