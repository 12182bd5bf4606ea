import { renderWindows } from '../../../containers/harness/render-windows.ts';
import { runWorker } from '../../../containers/harness/worker.ts';
import component from './component.json' with { type: 'json' };
import { faultIn } from './faults.ts';
import { scriptedBackend } from './scripted-backend.ts';

const { SCRIPTED_FAULT, SCRIPTED_STEPS = '8', SCRIPTED_STEP_MS = '0', AWS_BATCH_JOB_ATTEMPT = '1' } = process.env;
const backend = scriptedBackend({
  fault: faultIn(SCRIPTED_FAULT, Number(AWS_BATCH_JOB_ATTEMPT)),
  steps: Number(SCRIPTED_STEPS),
  stepMs: Number(SCRIPTED_STEP_MS),
});
process.exit(await runWorker({ component, environment: process.env, work: renderWindows(backend) }));
