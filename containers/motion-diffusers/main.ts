import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPictureCodec } from '#adapters/media/pictures/picture-codec';
import { Environment } from '#contracts/environment';
import { capabilitiesOf } from '../harness/motion-backend.ts';
import { renderWindows } from '../harness/render-windows.ts';
import { runWorker, type Work } from '../harness/worker.ts';
import { diffusersBackend } from './diffusers-backend.ts';
import { modelNamed } from './hosted-models.ts';
import { productReference } from './product-reference.ts';
import { storedEmbeddings } from './prompt-embeddings.ts';
import { pythonEnvironment } from './python-environment.ts';

const told = Environment.parse(process.env);
const component = modelNamed(told.FRAMEWRIGHT_COMPONENT);

const work: Work = async (context) => {
  const { store, scratch, plan, environment } = context;
  const capabilities = capabilitiesOf(component);
  const reference = capabilities.conditioning.includes('reference')
    ? await productReference({ store, scratch, plate: plan.plate, prep: environment.prep, codec: openPictureCodec() })
    : undefined;
  return renderWindows(
    diffusersBackend({
      componentId: component.id,
      capabilities,
      program: {
        command: told.FRAMEWRIGHT_PYTHON ?? 'python3',
        arguments: ['-m', 'worker', '--engine', told.FRAMEWRIGHT_ENGINE ?? 'diffusers'],
        folder: import.meta.dirname,
        environment: pythonEnvironment(process.env),
      },
      scratch: join(scratch, 'model-process'),
      // The machine's own folder is mounted at /tmp, so embeddings outlive the job as weights do.
      embeddings: storedEmbeddings(store, plan.tenant, join(tmpdir(), 'framewright-embeddings')),
      ...(reference === undefined ? {} : { reference }),
      log: context.log,
    }),
  )(context);
};

process.exit(await runWorker({ component, environment: process.env, work }));
