import { Component } from '#contracts/component';
import denoise from '../denoise-tiny/component.json' with { type: 'json' };
import { renderWindows } from '../harness/render-windows.ts';
import { runWorker } from '../harness/worker.ts';
import upscale from '../upscale-tiny/component.json' with { type: 'json' };
import component from './component.json' with { type: 'json' };
import { engineOptions } from './engine-options.ts';
import { frameShelf } from './frame-shelf.ts';
import { onnxBackend } from './onnx-backend.ts';

process.exit(
  await runWorker({
    component,
    environment: process.env,
    work: (context) => {
      const backend = onnxBackend({
        component: context.component,
        hosted: [denoise, upscale].map((manifest) => Component.parse(manifest)),
        shelf: frameShelf(context.store, context.plan),
        graphs: engineOptions(process.env),
      });
      return renderWindows(backend)(context);
    },
  }),
);
