import { Component } from '#contracts/component';
import denoise from '../denoise-tiny/component.json' with { type: 'json' };
import { renderWindows } from '../harness/render-windows.ts';
import { runWorker } from '../harness/worker.ts';
import upscale from '../upscale-tiny/component.json' with { type: 'json' };
import component from './component.json' with { type: 'json' };
import { engineOptions } from './engine-options.ts';
import { frameShelf } from './frame-shelf.ts';
import { onnxBackend } from './onnx-backend.ts';

const hosted = [denoise, upscale].map((manifest) => Component.parse(manifest));

process.exit(
  await runWorker({
    component,
    hosted,
    environment: process.env,
    work: async (context) => {
      const shelf = frameShelf(context.store, context.plan);
      const backend = onnxBackend({ component: context.component, hosted, shelf, graphs: engineOptions(process.env), log: context.log });
      try {
        return await renderWindows(backend)(context);
      } finally {
        await backend.close(); // however slow the machine: an exit inside a computation is an abort (see engine.ts)
      }
    },
  }),
);
