import { renderWindows } from '../harness/render-windows.ts';
import { runWorker } from '../harness/worker.ts';
import { animaticBackend } from './animatic-backend.ts';
import component from './component.json' with { type: 'json' };

process.exit(await runWorker({ component, environment: process.env, work: renderWindows(animaticBackend()) }));
